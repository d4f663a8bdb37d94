package dev.sluice.applier.helm;

import dev.sluice.fluxapi.Condition;
import dev.sluice.fluxapi.ConditionTypes;
import dev.sluice.fluxapi.Conditions;
import dev.sluice.fluxapi.Inventory;
import dev.sluice.fluxapi.Timestamp;
import dev.sluice.fluxapi.helm.HelmRelease;
import dev.sluice.fluxapi.helm.HelmReleaseStatus;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The status of a HelmRelease while a run changes it. Belongs to one run. */
final class ReleaseDraft {

    private final long generation;
    private final Clock clock;
    private Conditions conditions;

    ReleaseHistory history;
    @Nullable Long observedGeneration;
    @Nullable String helmChart;
    @Nullable String storageNamespace;
    @Nullable Inventory inventory;
    @Nullable Long lastAttemptedGeneration;
    @Nullable String lastAction;
    @Nullable String lastActionDuration;
    long failures;
    long installFailures;
    long upgradeFailures;
    @Nullable String lastRevision;
    @Nullable String lastRevisionDigest;
    @Nullable String lastConfigDigest;
    @Nullable String postRenderersDigest;
    @Nullable String commonMetadataDigest;
    @Nullable String handledReconcileAt;
    @Nullable String handledForceAt;
    @Nullable String handledResetAt;

    ReleaseDraft(HelmRelease object, Clock clock) {
        this.generation = object.metadata().generation();
        this.clock = clock;
        HelmReleaseStatus status = object.status();
        this.conditions = new Conditions(status == null ? List.of() : status.conditions());
        this.history = new ReleaseHistory(status == null ? List.of() : status.history());
        if (status != null) {
            observedGeneration = status.observedGeneration();
            helmChart = status.helmChart();
            storageNamespace = status.storageNamespace();
            inventory = status.inventory();
            lastAttemptedGeneration = status.lastAttemptedGeneration();
            lastAction = status.lastAttemptedReleaseAction();
            lastActionDuration = status.lastAttemptedReleaseActionDuration();
            failures = number(status.failures());
            installFailures = number(status.installFailures());
            upgradeFailures = number(status.upgradeFailures());
            lastRevision = status.lastAttemptedRevision();
            lastRevisionDigest = status.lastAttemptedRevisionDigest();
            lastConfigDigest = status.lastAttemptedConfigDigest();
            postRenderersDigest = status.observedPostRenderersDigest();
            commonMetadataDigest = status.observedCommonMetadataDigest();
            handledReconcileAt = status.lastHandledReconcileAt();
            handledForceAt = status.lastHandledForceAt();
            handledResetAt = status.lastHandledResetAt();
        }
    }

    private static long number(@Nullable Long given) {
        return given == null ? 0 : given;
    }

    HelmReleaseStatus toStatus() {
        return new HelmReleaseStatus(
                observedGeneration,
                postRenderersDigest,
                commonMetadataDigest,
                lastAttemptedGeneration,
                conditions.list(),
                helmChart,
                storageNamespace,
                history.entries(),
                inventory,
                lastAction,
                lastActionDuration,
                counted(failures),
                counted(installFailures),
                counted(upgradeFailures),
                lastRevision,
                lastRevisionDigest,
                lastConfigDigest,
                null,
                null,
                handledReconcileAt,
                handledForceAt,
                handledResetAt);
    }

    private static @Nullable Long counted(long number) {
        return number == 0 ? null : number;
    }

    void set(String type, Condition.Status status, String reason, String message) {
        conditions =
                conditions.with(
                        new Condition(
                                type,
                                status,
                                reason,
                                message,
                                new Timestamp(clock.instant()),
                                generation));
    }

    void remove(String type) {
        conditions = conditions.without(type);
    }

    Optional<Condition> find(String type) {
        return conditions.find(type);
    }

    boolean isTrue(String type) {
        return conditions.isTrue(type);
    }

    void ready(Condition.Status status, String reason, String message) {
        set(ConditionTypes.READY, status, reason, message);
    }

    void reconciling(String reason, String message) {
        remove(ConditionTypes.STALLED);
        set(ConditionTypes.RECONCILING, Condition.Status.True, reason, message);
    }

    void stalled(String reason, String message) {
        remove(ConditionTypes.RECONCILING);
        set(ConditionTypes.STALLED, Condition.Status.True, reason, message);
    }

    void clearFailures() {
        failures = 0;
        installFailures = 0;
        upgradeFailures = 0;
    }

    long failuresOf(@Nullable String action) {
        return Remediation.INSTALL.equals(action) ? installFailures : upgradeFailures;
    }

    void countFailure(@Nullable String action) {
        if (Remediation.INSTALL.equals(action)) {
            installFailures++;
        } else {
            upgradeFailures++;
        }
    }

    /** Makes Ready of what was done last: undone, tested, released. */
    void summarize(boolean testsCount, boolean testsEnabled) {
        if (!testsEnabled) {
            remove(ConditionTypes.TEST_SUCCESS);
        }
        List<String> order =
                testsCount
                        ? List.of(
                                ConditionTypes.REMEDIATED,
                                ConditionTypes.TEST_SUCCESS,
                                ConditionTypes.RELEASED)
                        : List.of(ConditionTypes.REMEDIATED, ConditionTypes.RELEASED);
        order.stream()
                .flatMap(type -> find(type).stream())
                .max(
                        Comparator.comparingLong(ReleaseDraft::seen)
                                .thenComparingInt(c -> -order.indexOf(c.type())))
                .ifPresent(this::summarize);
    }

    private static long seen(Condition condition) {
        return condition.observedGeneration() == null ? 0 : condition.observedGeneration();
    }

    private void summarize(Condition decisive) {
        Condition.Status status =
                decisive.type().equals(ConditionTypes.REMEDIATED)
                        ? Condition.Status.False
                        : decisive.status();
        if (status == Condition.Status.True) {
            remove(ConditionTypes.STALLED);
        }
        ready(status, decisive.reason(), decisive.message());
    }
}
