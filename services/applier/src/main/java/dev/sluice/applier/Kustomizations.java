package dev.sluice.applier;

import dev.sluice.events.DeliveryId;
import dev.sluice.fluxapi.kustomize.Kustomization;
import dev.sluice.kubernetes.ResourceVersions;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The Kustomizations of the cluster as last seen, and who depends on whom. Filled by the watch, and
 * by the answers to our own writes, which come first: of two the newer counts. Each change wakes
 * whom it concerns: the delivery itself where more than its status changed, and those that depend
 * on it. Safe for use by many threads.
 */
final class Kustomizations {

    private final Consumer<DeliveryId> wake;
    private final Map<DeliveryId, Kustomization> latest = new ConcurrentHashMap<>();
    private final Map<DeliveryId, Set<DeliveryId>> dependants = new ConcurrentHashMap<>();

    /** What taking an object changed; older than what was known changes nothing. */
    private record Change(@Nullable Kustomization before, boolean taken) {}

    Kustomizations(Consumer<DeliveryId> wake) {
        this.wake = wake;
    }

    @Nullable Kustomization get(DeliveryId id) {
        return latest.get(id);
    }

    Collection<DeliveryId> ids() {
        return List.copyOf(latest.keySet());
    }

    /** Takes what was read. */
    void put(DeliveryId id, Kustomization object) {
        Change change = take(id, object);
        if (!change.taken) {
            return;
        }
        for (DeliveryId dependency : DependencyCheck.of(id, object)) {
            dependants.computeIfAbsent(dependency, _ -> ConcurrentHashMap.newKeySet()).add(id);
        }
        Kustomization before = change.before;
        if (before == null || concernsItself(before, object)) {
            wake.accept(id);
        }
        if (before == null || concernsDependants(before, object)) {
            wakeDependants(id);
        }
    }

    /** Takes a deletion, unless the object has come again since. */
    void remove(DeliveryId id, String uid) {
        latest.computeIfPresent(
                id, (_, known) -> known.metadata().uid().equals(uid) ? null : known);
        wake.accept(id);
        wakeDependants(id);
    }

    private Change take(DeliveryId id, Kustomization object) {
        Change[] change = new Change[1];
        latest.compute(
                id,
                (_, known) -> {
                    boolean old = known != null && newer(known, object);
                    change[0] = new Change(known, !old);
                    return old ? known : object;
                });
        return change[0];
    }

    /** Some may not name it as a dependency any more. */
    private void wakeDependants(DeliveryId id) {
        dependants.getOrDefault(id, Set.of()).forEach(wake);
    }

    /** True where the known one is of the same life and has a later version. */
    private static boolean newer(Kustomization known, Kustomization other) {
        return known.metadata().uid().equals(other.metadata().uid())
                && ResourceVersions.later(
                        known.metadata().resourceVersion(), other.metadata().resourceVersion());
    }

    /** The status is our own. */
    private static boolean concernsItself(Kustomization before, Kustomization now) {
        return !before.metadata().uid().equals(now.metadata().uid())
                || before.metadata().generation() != now.metadata().generation()
                || before.metadata().isDeleted() != now.metadata().isDeleted()
                || !before.metadata().annotations().equals(now.metadata().annotations());
    }

    private static boolean concernsDependants(Kustomization before, Kustomization now) {
        return before.metadata().generation() != now.metadata().generation()
                || !before.metadata().labels().equals(now.metadata().labels())
                || !before.metadata().annotations().equals(now.metadata().annotations())
                || !Objects.equals(before.status(), now.status());
    }
}
