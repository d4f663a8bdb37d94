package dev.sluice.drift;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.kubernetes.Cluster;
import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.kubernetes.ResourceKind;
import dev.sluice.kubernetes.watch.ObjectWatch;
import dev.sluice.kubernetes.watch.Selection;
import dev.sluice.kubernetes.watch.Sink;
import dev.sluice.manifests.ObjectId;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The watches of one cluster: one for each kind of which something was applied, of the metadata of
 * the objects that carry an owner label.
 */
final class KindWatches implements AutoCloseable {

    private final Cluster cluster;
    private final String ownerLabel;
    private final LiveObjects objects;
    private final Consumer<LiveObjects.Kind> listed;
    private final Map<LiveObjects.Kind, ObjectWatch> watches = new ConcurrentHashMap<>();

    /**
     * @param ownerLabel that the objects carry
     * @param listed told each kind of which all objects have been seen
     */
    KindWatches(
            Cluster cluster,
            String ownerLabel,
            LiveObjects objects,
            Consumer<LiveObjects.Kind> listed) {
        this.cluster = cluster;
        this.ownerLabel = ownerLabel;
        this.objects = objects;
        this.listed = listed;
    }

    /** Watches the kind of an object from now on. */
    void follow(ObjectId id, String version) throws KubernetesException {
        LiveObjects.Kind key = LiveObjects.Kind.of(id);
        if (watches.containsKey(key)) {
            return;
        }
        ResourceKind kind = kind(id, version);
        watches.computeIfAbsent(
                key,
                _ ->
                        ObjectWatch.start(
                                cluster, Selection.labelled(kind, ownerLabel), new KindSink(key)));
    }

    /** Looks at one object, by the right to list alone; empty where there is none. */
    Optional<ObjectNode> look(ObjectId id, String version) throws KubernetesException {
        return Selection.metadata(kind(id, version), id.namespace(), id.name())
                .look(cluster)
                .stream()
                .findFirst();
    }

    @Override
    public void close() {
        watches.values().forEach(ObjectWatch::close);
    }

    private ResourceKind kind(ObjectId id, String version) throws KubernetesException {
        return cluster.resource(
                id.group().isEmpty() ? version : id.group() + '/' + version, id.kind());
    }

    private final class KindSink implements Sink {

        private final LiveObjects.Kind kind;
        private final Set<ObjectId> seen = new HashSet<>();
        private boolean listing;

        KindSink(LiveObjects.Kind kind) {
            this.kind = kind;
        }

        @Override
        public void begin() {
            seen.clear();
            listing = true;
        }

        @Override
        public void present(ObjectNode object) {
            ObjectId id = id(object);
            if (listing) {
                seen.add(id);
            }
            objects.present(id, object);
        }

        @Override
        public void complete() {
            objects.complete(kind, seen);
            seen.clear();
            listing = false;
            listed.accept(kind);
        }

        @Override
        public void gone(ObjectNode object) {
            objects.gone(id(object));
        }

        private ObjectId id(ObjectNode object) {
            return new ObjectId(
                    kind.group(),
                    kind.kind(),
                    object.at("/metadata/namespace").asText(),
                    object.at("/metadata/name").asText());
        }
    }
}
