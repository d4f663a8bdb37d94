package dev.sluice.kubernetes.watch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.kubernetes.Cluster;
import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.kubernetes.KubernetesFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells when a cluster serves a kind that it did not know. The definitions are watched only while
 * someone waits. One per cluster, safe for use by many threads; whoever waits is called on a
 * virtual thread of this.
 */
public final class KindArrival implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KindArrival.class);

    /** A definition is written first, established a moment later, and served after that. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final long FIRST_PAUSE = 50;
    private static final long LAST_PAUSE = 1000;

    /** A kind that is not served. */
    public record Kind(String group, String version, String name) {

        String apiVersion() {
            return group.isEmpty() ? version : group + '/' + version;
        }
    }

    private record Waiting(Kind kind, Runnable arrived) {}

    private final Cluster cluster;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Waiting> waiting = new ArrayList<>();

    /** Groups that are looked at, and until when, in nanoseconds. */
    private final Map<String, Long> looking = new HashMap<>();

    private @Nullable ObjectWatch watch;

    public KindArrival(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Calls once, as soon as the kind is served. */
    public void await(Kind kind, Runnable arrived) throws KubernetesException {
        Selection definitions =
                new Selection(
                        cluster.resource("apiextensions.k8s.io/v1", "CustomResourceDefinition"),
                        "",
                        "",
                        "",
                        true);
        lock.lock();
        try {
            waiting.add(new Waiting(kind, arrived));
            if (watch == null) {
                watch = ObjectWatch.start(cluster, definitions, new Definitions());
            }
        } finally {
            lock.unlock();
        }
        if (served(kind)) {
            changed(kind.group);
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            waiting.clear();
            endWatch();
        } finally {
            lock.unlock();
        }
    }

    /** Looks for the kinds of a group until all have come, or for a while. */
    private void changed(String group) {
        lock.lock();
        try {
            boolean wanted = waiting.stream().anyMatch(w -> w.kind.group.equals(group));
            long until = System.nanoTime() + PATIENCE.toNanos();
            if (wanted && looking.put(group, until) == null) {
                Thread.ofVirtual().name("kind-arrival").start(() -> look(group));
            }
        } finally {
            lock.unlock();
        }
    }

    private void look(String group) {
        long pause = FIRST_PAUSE;
        try {
            while (!over(group, arrived(group))) {
                Thread.sleep(pause);
                pause = Math.min(LAST_PAUSE, pause * 2);
            }
        } catch (InterruptedException e) {
            over(group, true);
            Thread.currentThread().interrupt();
        }
    }

    private boolean over(String group, boolean arrived) {
        lock.lock();
        try {
            boolean over = arrived || System.nanoTime() - looking.getOrDefault(group, 0L) > 0;
            if (over) {
                looking.remove(group);
            }
            return over;
        } finally {
            lock.unlock();
        }
    }

    /** True where nobody waits for a kind of the group any more. */
    private boolean arrived(String group) {
        cluster.forgetKinds(group);
        boolean all = true;
        for (Waiting one : of(group)) {
            if (!served(one.kind)) {
                all = false;
            } else if (remove(one)) {
                one.arrived.run();
            }
        }
        return all;
    }

    private boolean served(Kind kind) {
        try {
            cluster.resource(kind.apiVersion(), kind.name);
            return true;
        } catch (KubernetesException e) {
            if (!e.is(KubernetesFailure.Sort.NO_MATCH)) {
                LOG.debug("it cannot be told whether {} is served: {}", kind, e.getMessage());
            }
            return false;
        }
    }

    private List<Waiting> of(String group) {
        lock.lock();
        try {
            return waiting.stream().filter(w -> w.kind.group.equals(group)).toList();
        } finally {
            lock.unlock();
        }
    }

    private boolean remove(Waiting one) {
        lock.lock();
        try {
            boolean removed = waiting.remove(one);
            if (waiting.isEmpty()) {
                endWatch();
            }
            return removed;
        } finally {
            lock.unlock();
        }
    }

    private void endWatch() {
        if (watch != null) {
            watch.close();
            watch = null;
        }
    }

    /** Definitions are named {@code plural.group}. */
    private final class Definitions implements Sink {

        @Override
        public void begin() {
            // Whatever is listed is looked at.
        }

        @Override
        public void complete() {
            // What is not there cannot make a kind known.
        }

        @Override
        public void gone(ObjectNode object) {
            // So it is with what goes.
        }

        @Override
        public void present(ObjectNode object) {
            String name = object.path("metadata").path("name").asText();
            changed(name.substring(name.indexOf('.') + 1));
        }
    }
}
