package dev.sluice.kubernetes.apply;

import dev.sluice.events.ObjectChange;
import dev.sluice.kubernetes.KubernetesFailure;
import dev.sluice.manifests.ObjectId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What a prune did.
 *
 * @param deleted objects whose deletion was asked for; those with finalizers may still be there
 * @param absent those of the deleted that were gone, or never there, when they were looked for
 * @param kept objects that a switch or another owner keeps
 * @param failed objects to try again: they stay in the inventory
 */
public record PruneReport(
        List<ObjectId> deleted,
        Set<ObjectId> absent,
        List<ObjectId> kept,
        Map<ObjectId, KubernetesFailure> failed) {

    public PruneReport {
        deleted = List.copyOf(deleted);
        absent = Set.copyOf(absent);
        kept = List.copyOf(kept);
        failed = Map.copyOf(failed);
    }

    public boolean succeeded() {
        return failed.isEmpty();
    }

    /**
     * What was deleted.
     *
     * @param seen whether an object is known to have been in the cluster: one that was to be
     *     applied and never came to be was not deleted either
     */
    public List<ObjectChange> changes(Predicate<ObjectId> seen) {
        return deleted.stream()
                .filter(id -> !absent.contains(id) || seen.test(id))
                .map(id -> new ObjectChange(id.display(), ObjectChange.Action.DELETED))
                .toList();
    }

    /** The failures for people, one a line; empty after a success. */
    public String message() {
        return failed.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(e -> e.getKey().display() + " delete failed: " + e.getValue().message())
                .collect(Collectors.joining("\n"));
    }
}
