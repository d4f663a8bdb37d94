package dev.sluice.standalone.rehearsal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The objects of a cluster in memory, with all that happened to them. Safe for many threads. */
final class KeptObjects {

    private final Map<ObjectPath, ObjectNode> objects =
            new TreeMap<>(
                    Comparator.comparing(ObjectPath::collection)
                            .thenComparing(ObjectPath::namespace)
                            .thenComparing(ObjectPath::name));
    private final List<Change> log = new ArrayList<>();
    private boolean closed;

    /**
     * One line of a watch.
     *
     * @param type {@code ADDED}, {@code MODIFIED} or {@code DELETED}
     */
    record Change(ObjectPath path, String type, ObjectNode object) {}

    synchronized long version() {
        return log.size() + 1L;
    }

    synchronized @Nullable ObjectNode get(ObjectPath path) {
        ObjectNode found = objects.get(path);
        return found == null ? null : found.deepCopy();
    }

    synchronized List<ObjectNode> list(ObjectPath path) {
        return objects.entrySet().stream()
                .filter(e -> path.covers(e.getKey()))
                .map(e -> e.getValue().deepCopy())
                .toList();
    }

    /** Writes an object as it is after an edit, where that makes a difference. */
    synchronized ObjectNode write(ObjectPath path, UnaryOperator<ObjectNode> edit) {
        ObjectNode before = objects.get(path);
        ObjectNode after = edit.apply(before == null ? empty(path) : before.deepCopy());
        if (after.equals(before)) {
            return after;
        }
        ObjectNode metadata = after.withObjectProperty("metadata");
        if (before == null) {
            metadata.put("uid", UUID.randomUUID().toString());
            metadata.put(
                    "creationTimestamp", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
            metadata.put("generation", 1);
        } else if (!after.path("spec").equals(before.path("spec"))) {
            metadata.put("generation", metadata.path("generation").asLong() + 1);
        }
        return keep(path, before == null ? "ADDED" : "MODIFIED", after);
    }

    private static ObjectNode empty(ObjectPath path) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        ObjectNode metadata = object.putObject("metadata").put("name", path.name());
        if (!path.namespace().isEmpty()) {
            metadata.put("namespace", path.namespace());
        }
        return object;
    }

    /** Null where there is none. */
    synchronized @Nullable ObjectNode remove(ObjectPath path) {
        ObjectNode before = objects.get(path);
        return before == null ? null : keep(path, "DELETED", before.deepCopy());
    }

    private ObjectNode keep(ObjectPath path, String type, ObjectNode object) {
        object.withObjectProperty("metadata").put("resourceVersion", Long.toString(version() + 1));
        if (type.equals("DELETED")) {
            objects.remove(path);
        } else {
            objects.put(path, object);
        }
        log.add(new Change(path, type, object));
        notifyAll();
        return object.deepCopy();
    }

    /**
     * What happened after a version; blocks while nothing has.
     *
     * @return empty at the end
     */
    synchronized List<Change> after(long version) throws InterruptedException {
        while (!closed && version() <= version) {
            wait();
        }
        return closed ? List.of() : List.copyOf(log.subList((int) version - 1, log.size()));
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }
}
