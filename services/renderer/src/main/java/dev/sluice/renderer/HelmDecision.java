package dev.sluice.renderer;

import dev.sluice.events.DeliveryEvent;
import dev.sluice.events.DeliveryFailed;
import dev.sluice.events.DeliveryRendered;
import dev.sluice.events.Envelope;
import dev.sluice.events.Position;
import dev.sluice.events.SourceChanged;
import java.util.Objects;
import java.util.Optional;

/**
 * What to do for a HelmRelease: as for any delivery, once its chart is the one that it asks for.
 */
final class HelmDecision {

    private HelmDecision() {}

    static RenderDecision of(
            Optional<WantedDelivery> wanted,
            Optional<Envelope<SourceChanged>> source,
            Optional<DeliveryEvent> said,
            ChartSources charts) {
        if (wanted.isEmpty() || wanted.get().held()) {
            return RenderDecision.of(wanted, source, said);
        }
        return switch (charts.verdict(wanted.get())) {
            case ChartSources.Verdict.Pending() -> new RenderDecision.Nothing();
            case ChartSources.Verdict.Failed failed -> failed(wanted.get(), failed, said);
            case ChartSources.Verdict.Ready(String digest) -> {
                boolean announced =
                        source.map(s -> s.event().artifact().digest().equals(digest)).orElse(false);
                yield announced
                        ? RenderDecision.of(wanted, source, said)
                        : new RenderDecision.Nothing();
            }
        };
    }

    /** A source that fails later does not take from a release what it has, as in Flux. */
    private static RenderDecision failed(
            WantedDelivery wanted,
            ChartSources.Verdict.Failed failed,
            Optional<DeliveryEvent> said) {
        Position position = RenderDecision.positionOf(wanted, said);
        boolean told =
                said.isPresent()
                        && said.get().position().equals(position)
                        && switch (said.get()) {
                            case DeliveryFailed last ->
                                    last.reason() == failed.reason()
                                            && last.message().equals(failed.message())
                                            && Objects.equals(
                                                    last.requestedAt(), wanted.requestedAt());
                            case DeliveryRendered last ->
                                    Objects.equals(last.requestedAt(), wanted.requestedAt());
                            default -> false;
                        };
        return told
                ? new RenderDecision.Nothing()
                : new RenderDecision.Fail(wanted, position, failed.reason(), failed.message());
    }
}
