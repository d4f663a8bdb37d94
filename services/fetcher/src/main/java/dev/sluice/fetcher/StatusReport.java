package dev.sluice.fetcher;

import dev.sluice.fetcher.source.ArtifactPlace;
import dev.sluice.fetcher.source.Outcome;
import dev.sluice.fetcher.source.Source;
import dev.sluice.fetcher.source.SourceStatus;
import dev.sluice.fluxapi.Condition;
import dev.sluice.fluxapi.ConditionTypes;
import dev.sluice.fluxapi.Conditions;
import dev.sluice.fluxapi.Reasons;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/**
 * Says on the object, and by Events, what came of looking at it. Writes only what is different from
 * what is there.
 */
final class StatusReport {

    private final SourceObjects objects;
    private final KubernetesEvents events;
    private final ArtifactPlace place;
    private final Clock clock;

    StatusReport(SourceObjects objects, KubernetesEvents events, ArtifactPlace place, Clock clock) {
        this.objects = objects;
        this.events = events;
        this.place = place;
        this.clock = clock;
    }

    /** Of a suspended object: says only that a request was seen. */
    void handled(Source<?> source) {
        String requestedAt = source.metadata().requestedAt();
        if (requestedAt != null && !requestedAt.equals(source.status().lastHandledReconcileAt())) {
            objects.writeStatus(source, new StatusAfter(source, place, clock.instant()).handled());
        }
    }

    /** What the status must say. */
    SourceStatus after(Source<?> source, Outcome outcome) {
        return new StatusAfter(source, place, clock.instant()).of(outcome);
    }

    /** Writes the status, and the Event where there is one. */
    void write(Source<?> source, Outcome outcome, SourceStatus status) {
        if (!status.equals(source.status())) {
            objects.writeStatus(source, status);
        }
        tell(source, outcome);
    }

    private void tell(Source<?> source, Outcome outcome) {
        Optional<Condition> before =
                new Conditions(source.status().conditions()).find(ConditionTypes.READY);
        switch (outcome) {
            case Outcome.Stored stored ->
                    events.normal(
                            source.object(),
                            stored.event().reason(),
                            stored.event().message(),
                            Map.of(
                                    "revision",
                                    stored.artifact().revision(),
                                    "digest",
                                    stored.artifact().stored().archive().value()));
            case Outcome.Unchanged(Outcome.Report report) -> {
                if (before.filter(Condition::isFalse).isPresent()) {
                    events.normal(source.object(), Reasons.SUCCEEDED, report.message(), Map.of());
                }
            }
            case Outcome.Made made -> {
                if (made.changed()) {
                    events.normal(
                            source.object(), Reasons.SUCCEEDED, made.report().message(), Map.of());
                }
            }
            case Outcome.Failed failed -> {
                boolean known =
                        before.filter(ready ->
                                        ready.isFalse() && ready.message().equals(failed.message()))
                                .isPresent();
                if (!known) {
                    events.warning(source.object(), failed.reason(), failed.message());
                }
            }
        }
    }
}
