package dev.sluice.fetcher;

import dev.sluice.fluxapi.Artifact;
import dev.sluice.fluxapi.Condition;
import dev.sluice.fluxapi.ConditionTypes;
import dev.sluice.fluxapi.Conditions;
import dev.sluice.fluxapi.Groups;
import dev.sluice.fluxapi.Reasons;
import dev.sluice.fluxapi.source.GitRepository;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says on the object, and by Events, what came of looking at it. Writes only what is different from
 * what is there.
 */
final class StatusReport {

    private static final int EVENT_TITLE_LENGTH = 50;

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
    void handled(GitRepository source) {
        String requestedAt = source.metadata().requestedAt();
        String handled = source.status() == null ? null : source.status().lastHandledReconcileAt();
        if (requestedAt != null && !requestedAt.equals(handled)) {
            objects.writeStatus(source, new StatusAfter(source, place, clock.instant()).handled());
        }
    }

    /** Writes the status and returns it. */
    GitRepository.Status outcome(GitRepository source, Outcome outcome) {
        GitRepository.Status status = new StatusAfter(source, place, clock.instant()).of(outcome);
        if (!status.equals(source.status())) {
            objects.writeStatus(source, status);
        }
        tell(source, outcome, status.artifact());
        return status;
    }

    private void tell(GitRepository source, Outcome outcome, @Nullable Artifact artifact) {
        Optional<Condition> before =
                source.status() == null
                        ? Optional.empty()
                        : new Conditions(source.status().conditions()).find(ConditionTypes.READY);
        switch (outcome) {
            case Outcome.Stored stored -> stored(source, stored);
            case Outcome.Unchanged unchanged -> {
                if (before.filter(Condition::isFalse).isPresent() && artifact != null) {
                    String message = "stored artifact for revision '" + artifact.revision() + "'";
                    events.normal(source, Reasons.SUCCEEDED, message, Map.of());
                }
            }
            case Outcome.Failed failed -> {
                boolean known =
                        before.filter(ready ->
                                        ready.isFalse() && ready.message().equals(failed.message()))
                                .isPresent();
                if (!known) {
                    events.warning(source, failed.reason(), failed.message());
                }
            }
        }
    }

    private void stored(GitRepository source, Outcome.Stored stored) {
        String title = stored.commit().message();
        String cut =
                title.length() > EVENT_TITLE_LENGTH
                        ? title.substring(0, EVENT_TITLE_LENGTH) + "..."
                        : title;
        events.normal(
                source,
                "NewArtifact",
                "stored artifact for commit '" + cut + "'",
                Map.of(
                        Groups.SOURCE + "/revision", stored.revision(),
                        Groups.SOURCE + "/digest", stored.artifact().archive().value()));
    }
}
