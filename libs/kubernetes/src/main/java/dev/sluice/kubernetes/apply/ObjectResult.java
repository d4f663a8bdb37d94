package dev.sluice.kubernetes.apply;

import dev.sluice.events.AppliedObject;
import dev.sluice.events.ObjectChange;
import dev.sluice.kubernetes.KubernetesFailure;
import dev.sluice.manifests.ObjectId;

/** What became of one object. */
public sealed interface ObjectResult {

    ObjectId id();

    /**
     * It is in the cluster as wanted.
     *
     * @param action created, configured or unchanged
     */
    record Applied(ObjectId id, ObjectChange.Action action, AppliedObject applied)
            implements ObjectResult {}

    /** A switch says to leave it alone. It stays in the inventory. */
    record Skipped(ObjectId id, AppliedObject applied) implements ObjectResult {}

    /**
     * The server refused it, or could not be asked.
     *
     * @param version API version without the group
     * @param step {@code dry-run} or {@code apply}: in the second case the object may have changed
     */
    record Failed(ObjectId id, String version, String step, KubernetesFailure failure)
            implements ObjectResult {

        /** As people read it in the delivery's status. */
        public String message() {
            String reason = failure.reason().isEmpty() ? "" : " (" + failure.reason() + ')';
            return id.display() + ' ' + step + " failed" + reason + ": " + failure.message();
        }
    }

    /** Its stage was not reached, or was kept away by another object. */
    record Untried(ObjectId id, String version) implements ObjectResult {}
}
