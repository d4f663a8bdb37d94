package dev.sluice.notifier;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.fluxapi.Groups;
import dev.sluice.fluxapi.MalformedObjectException;
import dev.sluice.kubernetes.watch.Sink;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The objects of one kind, as a watch sees them. Safe for use by many threads. */
final class ObjectTable<T> implements Sink {

    static final String API_VERSION = Groups.NOTIFICATION + "/v1beta3";

    private static final Logger LOG = LoggerFactory.getLogger(ObjectTable.class);

    /** Reads what is needed of an object. */
    interface Reader<T> {
        T read(ObjectNode object) throws MalformedObjectException;
    }

    private final String kind;
    private final Reader<T> reader;
    private final Consumer<T> changed;
    private final Map<ObjectName, T> objects = new ConcurrentHashMap<>();
    private final Set<ObjectName> listed = new HashSet<>();

    /**
     * @param changed told of each object that is new or may have changed, on the watch's thread
     */
    ObjectTable(String kind, Reader<T> reader, Consumer<T> changed) {
        this.kind = kind;
        this.reader = reader;
        this.changed = changed;
    }

    String kind() {
        return kind;
    }

    Optional<T> get(ObjectName name) {
        return Optional.ofNullable(objects.get(name));
    }

    List<T> all() {
        return List.copyOf(objects.values());
    }

    @Override
    public void begin() {
        listed.clear();
    }

    /** One that cannot be read is left alone; the API server lets none in. */
    @Override
    public void present(ObjectNode object) {
        ObjectName name = ObjectName.of(object);
        listed.add(name);
        // Items of a listing do not name their kind.
        object.put("apiVersion", API_VERSION).put("kind", kind);
        try {
            T read = reader.read(object);
            objects.put(name, read);
            changed.accept(read);
        } catch (MalformedObjectException e) {
            LOG.atWarn()
                    .addKeyValue("target", kind + '/' + name)
                    .addKeyValue("reason", e.getMessage())
                    .log("an object cannot be read and is left alone");
        }
    }

    @Override
    public void complete() {
        objects.keySet().removeIf(name -> !listed.contains(name));
    }

    @Override
    public void gone(ObjectNode object) {
        objects.remove(ObjectName.of(object));
    }
}
