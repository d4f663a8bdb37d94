package dev.sluice.decryptor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.events.DeliveryId;
import dev.sluice.kubernetes.Cluster;
import dev.sluice.kubernetes.ResourceKind;
import dev.sluice.kubernetes.watch.ObjectWatch;
import dev.sluice.kubernetes.watch.Selection;
import dev.sluice.kubernetes.watch.Sink;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Watches the objects that deliveries name: one watch of metadata for each namespace and kind that
 * is named, as long as one is. Whatever appears, changes or vanishes wakes who named it. No label
 * is needed, and no content is kept.
 */
final class NamedObjectWatch implements InputVersions, AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** What is watched together. */
    private record Place(String kind, String namespace) {
        static Place of(NamedObject object) {
            return new Place(object.kind(), object.namespace());
        }
    }

    private final Cluster cluster;
    private final ReentrantLock lock = new ReentrantLock();
    private final NamedBy namedBy = new NamedBy();
    private final Map<Place, Running> running = new ConcurrentHashMap<>();
    private volatile Consumer<DeliveryId> wake = _ -> {};

    NamedObjectWatch(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Names who is told of changes; before it, nobody is. */
    void wakes(Consumer<DeliveryId> changed) {
        this.wake = changed;
    }

    @Override
    public Map<NamedObject, String> follow(DeliveryId delivery, List<NamedObject> named)
            throws InterruptedException {
        open(delivery, named);
        Map<NamedObject, String> versions = new TreeMap<>(NamedObject.ORDER);
        for (NamedObject object : named) {
            Running watch = running.get(Place.of(object));
            if (watch == null || !watch.watch.awaitListed(PATIENCE)) {
                throw new IllegalStateException(
                        "the cluster does not list the objects of namespace " + object.namespace());
            }
            versions.put(object, watch.versions.getOrDefault(object.name(), MISSING));
        }
        return versions;
    }

    @Override
    public void forget(DeliveryId delivery) {
        open(delivery, List.of());
    }

    @Override
    public void close() {
        running.values().forEach(each -> each.watch.close());
        running.clear();
    }

    /** Opens the watches that are wanted and closes those that no longer are. */
    private void open(DeliveryId delivery, List<NamedObject> named) {
        lock.lock();
        try {
            boolean fewer = namedBy.put(delivery, named);
            for (NamedObject object : named) {
                running.computeIfAbsent(Place.of(object), Running::new);
            }
            if (fewer) {
                running.entrySet().removeIf(NamedObjectWatch.this::closeUnused);
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean closeUnused(Map.Entry<Place, Running> entry) {
        Place place = entry.getKey();
        boolean unused = !namedBy.any(place.kind(), place.namespace());
        if (unused) {
            entry.getValue().watch.close();
        }
        return unused;
    }

    /** The watch of one place, and what it saw: versions by name. */
    private final class Running implements Sink {

        private final Place place;
        private final Map<String, String> versions = new ConcurrentHashMap<>();
        private final Map<String, String> before = new ConcurrentHashMap<>();
        private final ObjectWatch watch;

        Running(Place place) {
            this.place = place;
            ResourceKind kind = NamedObject.resource(place.kind());
            this.watch =
                    ObjectWatch.start(
                            cluster, new Selection(kind, place.namespace(), "", "", true), this);
        }

        @Override
        public void begin() {
            before.clear();
            before.putAll(versions);
        }

        @Override
        public void present(ObjectNode object) {
            String name = object.path("metadata").path("name").asText();
            before.remove(name);
            String version =
                    object.path("metadata").path("uid").asText()
                            + '@'
                            + object.path("metadata").path("resourceVersion").asText();
            if (!version.equals(versions.put(name, version))) {
                changed(name);
            }
        }

        @Override
        public void complete() {
            before.keySet().forEach(this::forget);
            before.clear();
        }

        @Override
        public void gone(ObjectNode object) {
            forget(object.path("metadata").path("name").asText());
        }

        private void forget(String name) {
            versions.remove(name);
            changed(name);
        }

        private void changed(String name) {
            namedBy.of(new NamedObject(place.kind(), place.namespace(), name)).forEach(wake);
        }
    }
}
