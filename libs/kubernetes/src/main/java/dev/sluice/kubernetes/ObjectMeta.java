package dev.sluice.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an object's metadata tells.
 *
 * @param namespace empty for cluster-scoped objects
 * @param deleting true once someone asked for its deletion
 */
public record ObjectMeta(
        String namespace,
        String name,
        String uid,
        String resourceVersion,
        long generation,
        boolean deleting,
        Map<String, String> labels,
        Map<String, String> annotations,
        List<FieldOwner> owners) {

    public ObjectMeta {
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
        owners = List.copyOf(owners);
    }

    /** Reads {@code metadata}; what is missing is empty. */
    public static ObjectMeta of(JsonNode metadata) {
        List<FieldOwner> owners = new ArrayList<>();
        for (JsonNode entry : metadata.path("managedFields")) {
            owners.add(FieldOwner.of(entry));
        }
        return new ObjectMeta(
                metadata.path("namespace").asText(),
                metadata.path("name").asText(),
                metadata.path("uid").asText(),
                metadata.path("resourceVersion").asText(),
                metadata.path("generation").asLong(),
                metadata.hasNonNull("deletionTimestamp"),
                texts(metadata.path("labels")),
                texts(metadata.path("annotations")),
                owners);
    }

    /** The entry of a manager's applies to the object itself. */
    public Optional<FieldOwner> appliedBy(String manager) {
        return owners.stream().filter(o -> o.applies(manager)).findFirst();
    }

    /** Digest of the fields that the manager's applies own; empty where it owns none. */
    public String ownedDigest(String manager) {
        return appliedBy(manager).map(FieldOwner::digest).orElse("");
    }

    /**
     * All that a manager and its kin own of the object itself, by whatever operation, as one entry.
     * Its time is that of the manager's own last change.
     *
     * @param kin managers whose fields count as the manager's
     */
    public Optional<FieldOwner> ownedBy(String manager, Set<String> kin) {
        List<FieldOwner> entries =
                owners.stream()
                        .filter(o -> o.subresource().isEmpty())
                        .filter(o -> o.manager().equals(manager) || kin.contains(o.manager()))
                        .toList();
        return entries.isEmpty()
                ? Optional.empty()
                : Optional.of(FieldOwner.union(manager, entries));
    }

    private static Map<String, String> texts(JsonNode node) {
        Map<String, String> all = new LinkedHashMap<>();
        node.properties().forEach(e -> all.put(e.getKey(), e.getValue().asText()));
        return all;
    }
}
