package dev.sluice.drift;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.manifests.ObjectId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the watches of one cluster have seen. Safe for use by many threads. */
final class LiveObjects {

    /**
     * A kind, whatever its version.
     *
     * @param group empty for the core group
     */
    record Kind(String group, String kind) {
        static Kind of(ObjectId id) {
            return new Kind(id.group(), id.kind());
        }
    }

    private final Map<ObjectId, LiveObject> present = new ConcurrentHashMap<>();
    private final Map<ObjectId, LiveObject> departed = new ConcurrentHashMap<>();
    private final Set<Kind> listed = ConcurrentHashMap.newKeySet();
    private final Family family;
    private final Consumer<ObjectId> changed;

    /**
     * @param family of the deliveries that they are looked at for
     * @param changed told each object that is not as it was before
     */
    LiveObjects(Family family, Consumer<ObjectId> changed) {
        this.family = family;
        this.changed = changed;
    }

    /** The object as it was last seen; null where it is not there. */
    @Nullable LiveObject get(ObjectId id) {
        return present.get(id);
    }

    /** True once all objects of the kind have been seen. */
    boolean listed(ObjectId id) {
        return listed.contains(Kind.of(id));
    }

    void present(ObjectId id, ObjectNode object) {
        LiveObject known = present.get(id);
        String version = object.at("/metadata/resourceVersion").asText();
        if (known != null && known.resourceVersion().equals(version)) {
            return;
        }
        present.put(id, LiveObject.of(family, object, known));
        departed.remove(id);
        changed.accept(id);
    }

    void gone(ObjectId id) {
        LiveObject last = present.remove(id);
        if (last != null) {
            departed.put(id, last);
            changed.accept(id);
        }
    }

    /** A whole listing of a kind ended: what it did not have is gone. */
    void complete(Kind kind, Set<ObjectId> seen) {
        listed.add(kind);
        for (ObjectId id : present.keySet()) {
            if (Kind.of(id).equals(kind) && !seen.contains(id)) {
                gone(id);
            }
        }
    }

    /**
     * What a look at an object that the watch no longer tells of came to. It is not kept: the watch
     * did not select it.
     */
    Optional<LiveObject> looked(ObjectId id, Optional<ObjectNode> found) {
        Optional<LiveObject> live = found.map(o -> LiveObject.of(family, o, departed.get(id)));
        if (live.isEmpty()) {
            departed.remove(id);
        }
        return live;
    }
}
