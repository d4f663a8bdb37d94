package dev.sluice.applier;

import dev.sluice.events.AppliedObject;
import dev.sluice.events.DeliveryApplied;
import dev.sluice.events.Envelope;
import dev.sluice.kubernetes.Cluster;
import java.util.List;

/** What became of an apply, before any health check. */
sealed interface ApplyResult {

    /**
     * All is in the cluster, and what had to go is gone.
     *
     * @param record as it was kept
     * @param cluster the session that it was applied with
     */
    record Done(Envelope<DeliveryApplied> record, Cluster cluster) implements ApplyResult {

        List<AppliedObject> objects() {
            return record.event().objects();
        }
    }

    /**
     * It ended before that.
     *
     * @param mayHeal whether something else than the bundle may be what is wrong, so that another
     *     look soon is worth it
     */
    record Broken(Outcome.Failed failure, boolean mayHeal) implements ApplyResult {}
}
