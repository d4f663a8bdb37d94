package dev.sluice.kubernetes.apply;

import dev.sluice.events.AppliedObject;
import dev.sluice.manifests.ObjectId;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a delivery has in the cluster: ids and their API versions, in the order of the ids.
 *
 * @param entries id to version without group
 */
public record Inventory(SortedMap<ObjectId, String> entries) {

    public static final Inventory EMPTY = new Inventory(new TreeMap<>());

    public Inventory {
        entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
    }

    public static Inventory of(Collection<AppliedObject> objects) {
        SortedMap<ObjectId, String> entries = new TreeMap<>();
        objects.forEach(o -> entries.put(ObjectId.parse(o.id()), o.version()));
        return new Inventory(entries);
    }

    /**
     * Reads {@code status.inventory.entries}.
     *
     * @param versions by inventory id
     */
    public static Inventory parse(Map<String, String> versions) {
        SortedMap<ObjectId, String> entries = new TreeMap<>();
        versions.forEach((id, version) -> entries.put(ObjectId.parse(id), version));
        return new Inventory(entries);
    }

    /** Both; of two versions the other's. */
    public Inventory plus(Inventory other) {
        SortedMap<ObjectId, String> all = new TreeMap<>(entries);
        all.putAll(other.entries);
        return new Inventory(all);
    }

    /** What is here and not there, whatever the versions. */
    public Inventory minus(Inventory other) {
        SortedMap<ObjectId, String> left = new TreeMap<>(entries);
        left.keySet().removeAll(other.entries.keySet());
        return new Inventory(left);
    }

    public boolean isEmpty() {
        return entries.isEmpty();
    }

    String version(ObjectId id) {
        return Objects.requireNonNull(entries.get(id));
    }

    /** The ids in the order in which they are pruned: what was applied last goes first. */
    List<ObjectId> pruneOrder() {
        List<List<ObjectId>> stages = Stage.split(List.copyOf(entries.keySet()), id -> id);
        return stages.stream().flatMap(List::stream).toList().reversed();
    }
}
