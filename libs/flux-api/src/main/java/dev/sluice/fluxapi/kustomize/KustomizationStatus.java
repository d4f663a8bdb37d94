package dev.sluice.fluxapi.kustomize;

import dev.sluice.fluxapi.Absent;
import dev.sluice.fluxapi.Condition;
import dev.sluice.fluxapi.Inventory;
import dev.sluice.fluxapi.Timestamp;
import dev.sluice.fluxapi.schema.Field;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is known about a Kustomization. */
public record KustomizationStatus(
        @Field(
                        "The generation that was last brought to an end: ready, or failed for good. -1 before the first.")
                @Nullable Long observedGeneration,
        @Field("The value of the annotation that last asked for a reconciliation which was done.")
                @Nullable String lastHandledReconcileAt,
        @Field("Ready, Healthy and, while they hold, Reconciling and Stalled.")
                List<Condition> conditions,
        @Field("The source's revision that the cluster is at.")
                @Nullable String lastAppliedRevision,
        @Field("The revision of the source behind that source, where there is one.")
                @Nullable String lastAppliedOriginRevision,
        @Field("The source's revision that was last tried.") @Nullable String lastAttemptedRevision,
        @Field("The objects that were applied.") @Nullable Inventory inventory,
        @Field("The last results, at most five, the latest first.") List<Snapshot> history) {

    public KustomizationStatus {
        conditions = Absent.list(conditions);
        history = Absent.list(history);
    }

    /** A result, and how often it was seen. */
    public record Snapshot(
            @Field("The digest of what was built.") String digest,
            @Field("When the result was first seen.") Timestamp firstReconciled,
            @Field("When the result was last seen.") Timestamp lastReconciled,
            @Field("How long it took the last time, as a Go duration.")
                    String lastReconciledDuration,
            @Field("The reason of the Ready condition that it ended with.")
                    String lastReconciledStatus,
            @Field(value = "How often the result was seen.", required = true)
                    long totalReconciliations,
            @Field("The revision and, where there is one, the originRevision of the source.")
                    Map<String, String> metadata) {

        public Snapshot {
            metadata = Absent.map(metadata);
        }
    }
}
