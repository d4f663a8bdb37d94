package dev.sluice.fetcher;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.fetcher.source.ArtifactPlace;
import dev.sluice.fetcher.source.Outcome;
import dev.sluice.fetcher.source.Source;
import dev.sluice.fetcher.source.SourceStatus;
import dev.sluice.fluxapi.Artifact;
import dev.sluice.fluxapi.Condition;
import dev.sluice.fluxapi.ConditionTypes;
import dev.sluice.fluxapi.Conditions;
import dev.sluice.fluxapi.Reasons;
import dev.sluice.fluxapi.Timestamp;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the status of a source says after it was looked at. Conditions that say what is wrong are
 * there only while it is wrong.
 */
final class StatusAfter {

    private static final List<String> TROUBLES =
            List.of(
                    ConditionTypes.FETCH_FAILED,
                    ConditionTypes.BUILD_FAILED,
                    ConditionTypes.INCLUDE_UNAVAILABLE,
                    ConditionTypes.STORAGE_OPERATION_FAILED,
                    ConditionTypes.ARTIFACT_OUTDATED,
                    ConditionTypes.RECONCILING,
                    ConditionTypes.STALLED);

    private final Source<?> source;
    private final SourceStatus before;
    private final ArtifactPlace place;
    private final Instant now;

    StatusAfter(Source<?> source, ArtifactPlace place, Instant now) {
        this.source = source;
        this.before = source.status();
        this.place = place;
        this.now = now;
    }

    SourceStatus of(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Unchanged(Outcome.Report report) ->
                    succeeded(here(before.artifact()), report);
            case Outcome.Stored stored ->
                    succeeded(
                            place.artifact(source.key(), stored.artifact(), now), stored.report());
            case Outcome.Made(Outcome.Report report, boolean changed) -> made(report);
            case Outcome.Failed failed -> failed(failed);
        };
    }

    /** Of a suspended object: that the request was seen. */
    SourceStatus handled() {
        return status(
                before.observedGeneration(),
                new Conditions(before.conditions()),
                before.artifact(),
                before.observed());
    }

    private SourceStatus succeeded(@Nullable Artifact artifact, Outcome.Report report) {
        Conditions conditions =
                withoutTroubles()
                        .with(
                                condition(
                                        ConditionTypes.READY,
                                        true,
                                        report.reason(),
                                        report.message()))
                        .with(
                                condition(
                                        ConditionTypes.ARTIFACT_IN_STORAGE,
                                        true,
                                        report.reason(),
                                        report.stored()));
        Outcome.Verified verified = report.verified();
        conditions =
                verified == null
                        ? conditions.without(ConditionTypes.SOURCE_VERIFIED)
                        : conditions.with(
                                condition(
                                        ConditionTypes.SOURCE_VERIFIED,
                                        true,
                                        Reasons.SUCCEEDED,
                                        verified.message()));
        ObjectNode observed = report.observed();
        if (artifact != null && !source.key().kind().equals("GitRepository")) {
            // All kinds but this one say it here too.
            observed = observed.deepCopy().put("url", artifact.url());
        }
        return status(source.metadata().generation(), conditions, artifact, observed);
    }

    /** Of a source without an artifact of its own. */
    private SourceStatus made(Outcome.Report report) {
        Conditions conditions =
                withoutTroubles()
                        .with(
                                condition(
                                        ConditionTypes.READY,
                                        true,
                                        report.reason(),
                                        report.message()));
        // It has no observedGeneration either.
        return status(null, conditions, null, report.observed());
    }

    private SourceStatus failed(Outcome.Failed failed) {
        boolean verification = failed.condition().equals(ConditionTypes.SOURCE_VERIFIED);
        Artifact artifact = failed.artifactLost() ? null : here(before.artifact());
        Conditions conditions =
                withoutTroubles()
                        .with(
                                condition(
                                        ConditionTypes.READY,
                                        false,
                                        failed.reason(),
                                        failed.message()));
        if (!failed.condition().equals(ConditionTypes.READY)) {
            conditions =
                    conditions.with(
                            condition(
                                    failed.condition(),
                                    !verification,
                                    failed.reason(),
                                    failed.message()));
        }
        if (artifact == null) {
            conditions = conditions.without(ConditionTypes.ARTIFACT_IN_STORAGE);
        } else if (failed.condition().equals(ConditionTypes.STORAGE_OPERATION_FAILED)) {
            conditions =
                    conditions.with(
                            condition(
                                    ConditionTypes.ARTIFACT_OUTDATED,
                                    true,
                                    "NewRevision",
                                    "the stored artifact is not the wanted one"));
        }
        if (failed.isFinal()) {
            conditions =
                    conditions.with(
                            condition(
                                    ConditionTypes.STALLED,
                                    true,
                                    failed.reason(),
                                    failed.message()));
            boolean ofMaker = source.key().kind().equals("ArtifactGenerator");
            return status(
                    ofMaker ? null : source.metadata().generation(),
                    conditions,
                    artifact,
                    before.observed());
        }
        conditions =
                conditions.with(
                        condition(
                                ConditionTypes.RECONCILING,
                                true,
                                Reasons.PROGRESSING_WITH_RETRY,
                                "building artifact: trying again after a failure"));
        return status(before.observedGeneration(), conditions, artifact, before.observed());
    }

    private SourceStatus status(
            @Nullable Long observedGeneration,
            Conditions conditions,
            @Nullable Artifact artifact,
            ObjectNode observed) {
        String requestedAt = source.metadata().requestedAt();
        return new SourceStatus(
                observedGeneration,
                requestedAt == null ? before.lastHandledReconcileAt() : requestedAt,
                conditions.list(),
                artifact,
                observed);
    }

    private Conditions withoutTroubles() {
        Conditions conditions = new Conditions(before.conditions());
        for (String trouble : TROUBLES) {
            conditions = conditions.without(trouble);
        }
        return conditions;
    }

    /** A condition that was so before keeps the time since when. */
    private Condition condition(String type, boolean holds, String reason, String message) {
        Condition.Status status = Condition.Status.of(holds);
        Timestamp since =
                before.conditions().stream()
                        .filter(known -> known.type().equals(type) && known.status() == status)
                        .map(Condition::lastTransitionTime)
                        .findFirst()
                        .orElse(new Timestamp(now));
        return new Condition(type, status, reason, message, since, source.metadata().generation());
    }

    private @Nullable Artifact here(@Nullable Artifact artifact) {
        return artifact == null ? null : place.here(artifact);
    }
}
