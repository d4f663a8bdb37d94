package dev.sluice.kubernetes.apply;

import dev.sluice.events.ObjectChange;
import dev.sluice.events.ObjectChange.Action;
import dev.sluice.manifests.KeyedDigest;
import dev.sluice.manifests.KubernetesObject;
import dev.sluice.manifests.ObjectId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What an apply would change, by what is on record: no request is made. What someone changed in the
 * cluster since, and what the server would refuse, does not show.
 */
public final class Preview {

    private Preview() {}

    /**
     * @param request with {@link ApplyRequest#known} as last applied
     * @param present all that is in the cluster
     * @param prune whether what is present and not wanted would be deleted
     * @return changes only: created, configured, deleted, in the order of the objects
     */
    public static List<ObjectChange> of(
            ApplyRequest request, KeyedDigest digest, Inventory present, boolean prune) {
        List<ObjectChange> changes = new ArrayList<>();
        for (KubernetesObject object : request.objects()) {
            Wanted wanted = Wanted.of(object, request, digest);
            if (wanted.settled() == null) {
                boolean there = present.entries().containsKey(wanted.id());
                changes.add(change(wanted.id(), there ? Action.CONFIGURED : Action.CREATED));
            }
        }
        if (prune) {
            Set<ObjectId> ids =
                    request.objects().stream()
                            .map(KubernetesObject::id)
                            .collect(Collectors.toSet());
            present.entries().keySet().stream()
                    .filter(id -> !ids.contains(id))
                    .forEach(id -> changes.add(change(id, Action.DELETED)));
        }
        return changes;
    }

    private static ObjectChange change(ObjectId id, Action action) {
        return new ObjectChange(id.display(), action);
    }
}
