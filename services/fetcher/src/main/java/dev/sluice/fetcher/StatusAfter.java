package dev.sluice.fetcher;

import dev.sluice.fluxapi.Artifact;
import dev.sluice.fluxapi.Condition;
import dev.sluice.fluxapi.ConditionTypes;
import dev.sluice.fluxapi.Conditions;
import dev.sluice.fluxapi.Reasons;
import dev.sluice.fluxapi.Timestamp;
import dev.sluice.fluxapi.source.GitRepository;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The status of a GitRepository after an {@link Outcome}: which conditions hold, with Flux's
 * reasons, and what was observed. Decides only; writes nothing.
 */
final class StatusAfter {

    private static final List<String> TROUBLES =
            List.of(
                    ConditionTypes.FETCH_FAILED,
                    ConditionTypes.INCLUDE_UNAVAILABLE,
                    ConditionTypes.STORAGE_OPERATION_FAILED,
                    ConditionTypes.ARTIFACT_OUTDATED,
                    ConditionTypes.RECONCILING,
                    ConditionTypes.STALLED);
    private static final GitRepository.Status NONE =
            new GitRepository.Status(
                    null, null, List.of(), null, List.of(), null, false, List.of(), List.of(),
                    null);

    private final GitRepository object;
    private final GitRepository.Status before;
    private final ArtifactPlace place;
    private final Instant now;

    StatusAfter(GitRepository object, ArtifactPlace place, Instant now) {
        this.object = object;
        this.before = object.status() == null ? NONE : object.status();
        this.place = place;
        this.now = now;
    }

    GitRepository.Status of(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Unchanged unchanged ->
                    succeeded(
                            here(before.artifact()),
                            before.includedArtifacts(),
                            unchanged.verified());
            case Outcome.Stored stored ->
                    succeeded(
                            place.artifact(
                                    SourceTable.key(object),
                                    stored.revision(),
                                    stored.artifact(),
                                    now),
                            stored.includedArtifacts(),
                            stored.verified());
            case Outcome.Failed failed -> failed(failed);
        };
    }

    /** Of a suspended object: that the request was seen. */
    GitRepository.Status handled() {
        return status(
                before.observedGeneration(),
                new Conditions(before.conditions()),
                before.artifact(),
                before);
    }

    private GitRepository.Status succeeded(
            @Nullable Artifact artifact,
            List<Artifact> included,
            Outcome.@Nullable Verified verified) {
        String revision = artifact == null ? "" : artifact.revision();
        String message = "stored artifact for revision '" + revision + "'";
        Conditions conditions =
                withoutTroubles()
                        .with(condition(ConditionTypes.READY, true, Reasons.SUCCEEDED, message))
                        .with(
                                condition(
                                        ConditionTypes.ARTIFACT_IN_STORAGE,
                                        true,
                                        Reasons.SUCCEEDED,
                                        message));
        if (verified == null) {
            conditions = conditions.without(ConditionTypes.SOURCE_VERIFIED);
        } else {
            conditions =
                    conditions.with(
                            condition(
                                    ConditionTypes.SOURCE_VERIFIED,
                                    true,
                                    Reasons.SUCCEEDED,
                                    verified.message()));
        }
        GitRepository.Spec spec = object.spec();
        GitRepository.Status observed =
                new GitRepository.Status(
                        null,
                        null,
                        List.of(),
                        artifact,
                        included,
                        spec.ignore(),
                        spec.recurseSubmodules(),
                        spec.include(),
                        spec.sparseCheckout(),
                        verified == null ? null : verified.mode());
        return status(object.metadata().generation(), conditions, artifact, observed);
    }

    private GitRepository.Status failed(Outcome.Failed failed) {
        boolean verification = failed.condition().equals(ConditionTypes.SOURCE_VERIFIED);
        Artifact artifact = failed.artifactLost() ? null : here(before.artifact());
        Conditions conditions =
                withoutTroubles()
                        .with(
                                condition(
                                        ConditionTypes.READY,
                                        false,
                                        failed.reason(),
                                        failed.message()))
                        .with(
                                condition(
                                        failed.condition(),
                                        !verification,
                                        failed.reason(),
                                        failed.message()));
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
            return status(object.metadata().generation(), conditions, artifact, before);
        }
        conditions =
                conditions.with(
                        condition(
                                ConditionTypes.RECONCILING,
                                true,
                                Reasons.PROGRESSING_WITH_RETRY,
                                "building artifact: trying again after a failure"));
        return status(before.observedGeneration(), conditions, artifact, before);
    }

    private GitRepository.Status status(
            @Nullable Long observedGeneration,
            Conditions conditions,
            @Nullable Artifact artifact,
            GitRepository.Status observed) {
        String requestedAt = object.metadata().requestedAt();
        return new GitRepository.Status(
                observedGeneration,
                requestedAt == null ? before.lastHandledReconcileAt() : requestedAt,
                conditions.list(),
                artifact,
                observed.includedArtifacts(),
                observed.observedIgnore(),
                observed.observedRecurseSubmodules(),
                observed.observedInclude(),
                observed.observedSparseCheckout(),
                observed.sourceVerificationMode());
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
        return new Condition(type, status, reason, message, since, object.metadata().generation());
    }

    private @Nullable Artifact here(@Nullable Artifact artifact) {
        return artifact == null ? null : place.here(artifact);
    }
}
