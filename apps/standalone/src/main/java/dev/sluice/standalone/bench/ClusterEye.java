package dev.sluice.standalone.bench;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;

/** What the cluster shows of the fleet, seen by watches, from outside of Sluice. */
final class ClusterEye implements AutoCloseable {

    private static final String KUSTOMIZE = "kustomize.toolkit.fluxcd.io/v1";

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** Applied revision of the Kustomizations that are Ready. */
    private final Map<String, String> ready = new HashMap<>();

    private final Map<String, String> images = new HashMap<>();
    private final List<Watch> watches;

    ClusterEye(KubernetesClient client) {
        watches =
                List.of(
                        client.genericKubernetesResources(KUSTOMIZE, "Kustomization")
                                .inNamespace(BenchFleet.NAMESPACE)
                                .watch(watcher(this::kustomization)),
                        client.apps()
                                .deployments()
                                .inNamespace(BenchFleet.NAMESPACE)
                                .watch(watcher(this::deployment)));
    }

    void awaitReady(int count, String commit, Duration patience)
            throws InterruptedException, TimeoutException {
        await(
                () -> ready.values().stream().filter(r -> r.endsWith(commit)).count() >= count,
                patience,
                "not all Kustomizations are Ready at " + commit);
    }

    void awaitImage(int from, int to, String image, Duration patience)
            throws InterruptedException, TimeoutException {
        await(
                () -> {
                    for (int i = from; i < to; i++) {
                        if (!image.equals(images.get(BenchFleet.name(i)))) {
                            return false;
                        }
                    }
                    return true;
                },
                patience,
                "not all Deployments have " + image);
    }

    @Override
    public void close() {
        watches.forEach(Watch::close);
    }

    private interface Wanted {
        boolean holds();
    }

    private void await(Wanted wanted, Duration patience, String otherwise)
            throws InterruptedException, TimeoutException {
        lock.lock();
        try {
            long left = patience.toNanos();
            while (!wanted.holds()) {
                if (left <= 0) {
                    throw new TimeoutException(otherwise + " after " + patience.toSeconds() + " s");
                }
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private void kustomization(Watcher.Action action, GenericKubernetesResource object) {
        List<Map<String, Object>> conditions = object.get("status", "conditions");
        boolean isReady =
                conditions != null
                        && conditions.stream()
                                .anyMatch(c ->
                                        "Ready".equals(c.get("type"))
                                                && "True".equals(c.get("status")));
        String revision = object.get("status", "lastAppliedRevision");
        if (isReady && revision != null && action != Watcher.Action.DELETED) {
            ready.put(object.getMetadata().getName(), revision);
        } else {
            ready.remove(object.getMetadata().getName());
        }
    }

    private void deployment(Watcher.Action action, Deployment object) {
        images.put(
                object.getMetadata().getName(),
                action == Watcher.Action.DELETED
                        ? ""
                        : object.getSpec()
                                .getTemplate()
                                .getSpec()
                                .getContainers()
                                .getFirst()
                                .getImage());
    }

    private <T> Watcher<T> watcher(BiConsumer<Watcher.Action, T> taker) {
        return new Watcher<>() {
            @Override
            public void eventReceived(Action action, T object) {
                lock.lock();
                try {
                    taker.accept(action, object);
                    changed.signalAll();
                } finally {
                    lock.unlock();
                }
            }

            @Override
            public boolean reconnecting() {
                return true;
            }

            @Override
            public void onClose(WatcherException cause) {
                // What is waited for then does not come, which says enough.
            }
        };
    }
}
