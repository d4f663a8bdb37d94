package dev.sluice.kubernetes.watch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.kubernetes.Cluster;
import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.kubernetes.ResourceKind;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/** Waits for one object by watching it; the caller's thread does the waiting. */
public final class ObjectWait {

    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Cluster cluster;

    public ObjectWait(Cluster cluster) {
        this.cluster = cluster;
    }

    /**
     * Waits until the object is as wanted; looks at least once.
     *
     * @param wanted asked with the object, or with empty while there is none
     * @return false where the time was up, or the thread was interrupted, before that
     * @throws KubernetesException where the object may not be watched
     */
    public boolean until(
            ResourceKind kind,
            String namespace,
            String name,
            Predicate<Optional<ObjectNode>> wanted,
            Duration limit)
            throws KubernetesException {
        long end = System.nanoTime() + limit.toNanos();
        OneObject sink = new OneObject(wanted);
        Selection selection = Selection.object(kind, namespace, name);
        try (ListWatch watch = new ListWatch(cluster, selection)) {
            do {
                pass(watch, sink, Duration.ofNanos(Math.max(0, end - System.nanoTime())));
            } while (!sink.done()
                    && System.nanoTime() < end
                    && !Thread.currentThread().isInterrupted());
        }
        return sink.done();
    }

    private static void pass(ListWatch watch, Sink sink, Duration left) throws KubernetesException {
        try {
            watch.pass(sink, left);
        } catch (KubernetesException e) {
            if (!e.failure().sort().passing()) {
                throw e;
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class OneObject implements Sink {

        private final Predicate<Optional<ObjectNode>> wanted;
        private boolean seen;
        private boolean done;

        OneObject(Predicate<Optional<ObjectNode>> wanted) {
            this.wanted = wanted;
        }

        @Override
        public void begin() {
            seen = false;
        }

        @Override
        public void present(ObjectNode object) {
            seen = true;
            done = wanted.test(Optional.of(object));
        }

        @Override
        public void complete() {
            if (!seen) {
                done = wanted.test(Optional.empty());
            }
        }

        @Override
        public void gone(ObjectNode object) {
            done = wanted.test(Optional.empty());
        }

        @Override
        public boolean done() {
            return done;
        }
    }
}
