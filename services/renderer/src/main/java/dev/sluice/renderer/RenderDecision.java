package dev.sluice.renderer;

import dev.sluice.events.DeliveryEvent;
import dev.sluice.events.DeliveryFailed;
import dev.sluice.events.DeliveryRendered;
import dev.sluice.events.Envelope;
import dev.sluice.events.Position;
import dev.sluice.events.Reason;
import dev.sluice.events.SourceChanged;
import dev.sluice.events.Stage;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What to do for one delivery, from what is wanted, what its source holds, and what was said last.
 */
sealed interface RenderDecision {

    /** All is said. */
    record Nothing() implements RenderDecision {}

    /** The object is gone. */
    record Delete() implements RenderDecision {}

    /** It cannot be rendered, without a look at the artifact. */
    record Fail(WantedDelivery wanted, Position position, Reason reason, String message)
            implements RenderDecision {

        DeliveryFailed event() {
            return new DeliveryFailed(
                    wanted.id(),
                    position,
                    null,
                    wanted.spec(),
                    wanted.requestedAt(),
                    Stage.RENDERER,
                    reason,
                    message,
                    null);
        }
    }

    /** Nothing changed but that someone asks for it. */
    record Repeat(DeliveryRendered last, @Nullable String requestedAt) implements RenderDecision {

        DeliveryRendered event() {
            return new DeliveryRendered(
                    last.delivery(),
                    last.position(),
                    last.source(),
                    last.spec(),
                    requestedAt,
                    last.bundle(),
                    last.needsKeys(),
                    last.readSet());
        }
    }

    /**
     * The artifact must be looked at.
     *
     * @param reusable what was rendered last, where it holds if the build would read the same
     * @param sourceIsNew the artifact, and not a changed spec, is why
     */
    record Render(
            WantedDelivery wanted,
            Envelope<SourceChanged> source,
            Position position,
            Optional<DeliveryRendered> reusable,
            boolean sourceIsNew)
            implements RenderDecision {

        @Nullable Envelope<?> cause() {
            return sourceIsNew ? source : null;
        }
    }

    /**
     * Decides.
     *
     * @param wanted empty where the cluster has no such object
     * @param source the source's latest artifact, where there is one
     * @param said the last event of ours about this delivery
     */
    static RenderDecision of(
            Optional<WantedDelivery> wanted,
            Optional<Envelope<SourceChanged>> source,
            Optional<DeliveryEvent> said) {
        if (wanted.isEmpty()) {
            return said.isPresent() ? new Delete() : new Nothing();
        }
        if (wanted.get().held()) {
            return new Nothing();
        }
        return source.isEmpty()
                ? withoutSource(wanted.get(), said)
                : withSource(wanted.get(), source.get(), said);
    }

    /**
     * For a delivery whose source is in another namespace, where the operator does not allow that.
     *
     * @param why in Flux's words
     * @param said the last event of ours about this delivery
     */
    static RenderDecision refused(WantedDelivery wanted, String why, Optional<DeliveryEvent> said) {
        return failed(wanted, said, Reason.ACCESS_DENIED, why);
    }

    private static RenderDecision withoutSource(
            WantedDelivery wanted, Optional<DeliveryEvent> said) {
        return failed(
                wanted,
                said,
                Reason.ARTIFACT_FAILED,
                "Source artifact not found: "
                        + wanted.source().kind()
                        + '/'
                        + wanted.source().namespace()
                        + '/'
                        + wanted.source().name()
                        + " does not exist or has fetched nothing yet");
    }

    /** Where it stands with the source that was rendered last: what fails has no newer one. */
    static Position positionOf(WantedDelivery wanted, Optional<DeliveryEvent> said) {
        long sequence =
                said.map(DeliveryEvent::position)
                        .filter(position -> position.uid().equals(wanted.uid()))
                        .map(Position::source)
                        .orElse(0L);
        return new Position(wanted.uid(), wanted.generation(), sequence, 0);
    }

    private static RenderDecision failed(
            WantedDelivery wanted, Optional<DeliveryEvent> said, Reason reason, String message) {
        Position position = positionOf(wanted, said);
        boolean repeated =
                said.isPresent()
                        && said.get() instanceof DeliveryFailed failed
                        && failed.reason() == reason
                        && failed.source() == null
                        && failed.position().equals(position)
                        && Objects.equals(failed.requestedAt(), wanted.requestedAt());
        return repeated ? new Nothing() : new Fail(wanted, position, reason, message);
    }

    private static RenderDecision withSource(
            WantedDelivery wanted, Envelope<SourceChanged> source, Optional<DeliveryEvent> said) {
        Position position =
                new Position(wanted.uid(), wanted.generation(), source.event().sequence(), 0);
        Optional<DeliveryRendered> rendered =
                said.filter(DeliveryRendered.class::isInstance).map(DeliveryRendered.class::cast);
        if (said.isPresent()) {
            Position last = said.get().position();
            if (position.before(last)) {
                return new Nothing();
            }
            if (position.equals(last) && sameArtifact(said.get(), source)) {
                return again(wanted, source, position, said.get());
            }
        }
        return new Render(
                wanted,
                source,
                position,
                rendered.filter(last -> RenderInputs.same(last.spec(), wanted.spec())),
                said.map(DeliveryEvent::position)
                        .filter(last -> last.source() == position.source())
                        .isEmpty());
    }

    /** All is as it was, but perhaps someone asks. A failure is then tried again. */
    private static RenderDecision again(
            WantedDelivery wanted,
            Envelope<SourceChanged> source,
            Position position,
            DeliveryEvent said) {
        return switch (said) {
            case DeliveryRendered rendered ->
                    Objects.equals(rendered.requestedAt(), wanted.requestedAt())
                            ? new Nothing()
                            : new Repeat(rendered, wanted.requestedAt());
            case DeliveryFailed failed ->
                    Objects.equals(failed.requestedAt(), wanted.requestedAt())
                            ? new Nothing()
                            : new Render(wanted, source, position, Optional.empty(), false);
            default -> new Render(wanted, source, position, Optional.empty(), false);
        };
    }

    /** False for a failure from before the source was known, at whatever position. */
    private static boolean sameArtifact(DeliveryEvent said, Envelope<SourceChanged> source) {
        String digest = source.event().artifact().digest();
        return switch (said) {
            case DeliveryRendered rendered -> rendered.source().digest().equals(digest);
            case DeliveryFailed failed ->
                    failed.source() != null && failed.source().digest().equals(digest);
            default -> false;
        };
    }
}
