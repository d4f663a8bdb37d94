package dev.sluice.applier;

import dev.sluice.events.DeliveryId;
import dev.sluice.fluxapi.kustomize.Kustomization;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The Kustomizations of the cluster as last seen, and who depends on whom. Filled by the watch, and
 * by the answers to our own writes, which come first: of two the newer counts. Safe for use by many
 * threads.
 */
final class Kustomizations {

    private final Map<DeliveryId, Kustomization> latest = new ConcurrentHashMap<>();
    private final Map<DeliveryId, Set<DeliveryId>> dependants = new ConcurrentHashMap<>();

    @Nullable Kustomization get(DeliveryId id) {
        return latest.get(id);
    }

    Collection<DeliveryId> ids() {
        return List.copyOf(latest.keySet());
    }

    /**
     * What taking an object changed.
     *
     * @param before what was known before
     * @param taken false where the object is older than that
     */
    record Change(@Nullable Kustomization before, boolean taken) {}

    /** Takes what was read. */
    Change put(DeliveryId id, Kustomization object) {
        Change[] change = new Change[1];
        latest.compute(
                id,
                (_, known) -> {
                    boolean old = known != null && newer(known, object);
                    change[0] = new Change(known, !old);
                    return old ? known : object;
                });
        for (DeliveryId dependency : DependencyCheck.of(id, object)) {
            dependants.computeIfAbsent(dependency, _ -> ConcurrentHashMap.newKeySet()).add(id);
        }
        return change[0];
    }

    /** Takes a deletion, unless the object has come again since. */
    void remove(DeliveryId id, String uid) {
        latest.computeIfPresent(
                id, (_, known) -> known.metadata().uid().equals(uid) ? null : known);
    }

    /** Those that named this one as a dependency; some may not any more. */
    Collection<DeliveryId> dependants(DeliveryId id) {
        return Set.copyOf(dependants.getOrDefault(id, Set.of()));
    }

    /** True where the known one is of the same life and has a later version. */
    private static boolean newer(Kustomization known, Kustomization other) {
        return known.metadata().uid().equals(other.metadata().uid())
                && ResourceVersions.later(
                        known.metadata().resourceVersion(), other.metadata().resourceVersion());
    }
}
