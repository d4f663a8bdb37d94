package dev.sluice.applier;

import dev.sluice.fluxapi.Condition;
import dev.sluice.fluxapi.Conditions;
import dev.sluice.fluxapi.Inventory;
import dev.sluice.fluxapi.Inventory.Entry;
import dev.sluice.fluxapi.Timestamp;
import dev.sluice.fluxapi.kustomize.KustomizationStatus;
import dev.sluice.fluxapi.kustomize.KustomizationStatus.Snapshot;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A status under change. Not for more than one thread. */
final class StatusDraft {

    private final long generation;
    private final Timestamp now;
    private @Nullable Long observedGeneration;
    private @Nullable String lastHandledReconcileAt;
    private Conditions conditions;
    private @Nullable String lastAppliedRevision;
    private @Nullable String lastAppliedOriginRevision;
    private @Nullable String lastAttemptedRevision;
    private @Nullable Inventory inventory;
    private List<Snapshot> history;

    /**
     * @param generation that the conditions are set for
     */
    StatusDraft(@Nullable KustomizationStatus before, long generation, Instant now) {
        this.generation = generation;
        this.now = new Timestamp(now);
        observedGeneration = before == null ? null : before.observedGeneration();
        lastHandledReconcileAt = before == null ? null : before.lastHandledReconcileAt();
        conditions = before == null ? Conditions.none() : new Conditions(before.conditions());
        lastAppliedRevision = before == null ? null : before.lastAppliedRevision();
        lastAppliedOriginRevision = before == null ? null : before.lastAppliedOriginRevision();
        lastAttemptedRevision = before == null ? null : before.lastAttemptedRevision();
        inventory = before == null ? null : before.inventory();
        history = before == null ? List.of() : before.history();
    }

    KustomizationStatus done() {
        return new KustomizationStatus(
                observedGeneration,
                lastHandledReconcileAt,
                conditions.list(),
                lastAppliedRevision,
                lastAppliedOriginRevision,
                lastAttemptedRevision,
                inventory,
                history);
    }

    void observed() {
        observedGeneration = generation;
    }

    void handled(@Nullable String requestedAt) {
        if (requestedAt != null) {
            lastHandledReconcileAt = requestedAt;
        }
    }

    void condition(String type, Condition.Status status, String reason, String message) {
        conditions = conditions.with(new Condition(type, status, reason, message, now, generation));
    }

    Conditions conditions() {
        return conditions;
    }

    void drop(String conditionType) {
        conditions = conditions.without(conditionType);
    }

    void attempted(String revision) {
        lastAttemptedRevision = revision;
    }

    void applied(String revision, @Nullable String originRevision) {
        lastAppliedRevision = revision;
        lastAppliedOriginRevision = originRevision;
    }

    void inventory(List<Entry> entries) {
        inventory = new Inventory(entries);
    }

    List<Snapshot> history() {
        return history;
    }

    void history(List<Snapshot> snapshots) {
        history = snapshots;
    }
}
