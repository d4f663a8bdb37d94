package dev.sluice.kubernetes.apply;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.kubernetes.FieldOwner;
import dev.sluice.kubernetes.ObjectMeta;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gives way in ignored fields: where the live object has another value than the wanted one, the
 * wanted one becomes that, or leaves the field out where another manager applies it.
 *
 * @param manager our own
 * @param pointers the ignored fields
 */
record Concession(String manager, List<JsonPointer> pointers) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Changes {@code wanted}. */
    void make(ObjectNode wanted, ObjectNode live) {
        List<FieldOwner> others =
                ObjectMeta.of(live.path("metadata")).owners().stream()
                        .filter(o -> o.operation().equals("Apply"))
                        .filter(o -> !o.manager().equals(manager))
                        .toList();
        for (JsonPointer pointer : pointers) {
            JsonNode mine = wanted.at(pointer);
            JsonNode theirs = live.at(pointer);
            if (mine.isMissingNode() || mine.equals(theirs)) {
                continue;
            }
            boolean leave =
                    theirs.isMissingNode()
                            || others.stream().anyMatch(o -> owns(o.fields(), live, pointer));
            put(wanted, pointer, leave ? null : theirs.deepCopy());
        }
    }

    /** Whether two states of an object differ in nothing but who owns what. */
    static boolean alike(ObjectNode before, ObjectNode after) {
        return content(before).equals(content(after));
    }

    private static ObjectNode content(ObjectNode object) {
        ObjectNode copy = object.deepCopy();
        copy.remove("status");
        if (copy.get("metadata") instanceof ObjectNode metadata) {
            metadata.remove(List.of("managedFields", "resourceVersion", "generation"));
        }
        return copy;
    }

    private static void put(ObjectNode root, JsonPointer pointer, @Nullable JsonNode value) {
        JsonNode parent = root.at(pointer.head());
        JsonPointer last = pointer.last();
        if (parent instanceof ObjectNode object) {
            if (value == null) {
                object.remove(last.getMatchingProperty());
            } else {
                object.set(last.getMatchingProperty(), value);
            }
        } else if (parent instanceof ArrayNode array) {
            if (value == null) {
                array.remove(last.getMatchingIndex());
            } else {
                array.set(last.getMatchingIndex(), value);
            }
        }
    }

    /** Whether a field set has the field, or something in it. */
    private static boolean owns(JsonNode set, JsonNode value, JsonPointer pointer) {
        if (pointer.matches()) {
            return true;
        }
        String name = pointer.getMatchingProperty();
        if (value instanceof ArrayNode list) {
            JsonNode item = list.path(pointer.getMatchingIndex());
            for (Map.Entry<String, JsonNode> e : set.properties()) {
                if (isKeyOf(e.getKey(), item) && owns(e.getValue(), item, pointer.tail())) {
                    return true;
                }
            }
            // A list that is owned whole has no entries in the set.
            return set.isEmpty();
        }
        JsonNode field = set.get("f:" + name);
        return field != null && owns(field, value.path(name), pointer.tail());
    }

    private static boolean isKeyOf(String entry, JsonNode item) {
        if (!entry.startsWith("k:")) {
            return false;
        }
        try {
            JsonNode keys = JSON.readTree(entry.substring(2));
            return keys.properties().stream()
                    .allMatch(k -> k.getValue().equals(item.get(k.getKey())));
        } catch (IOException e) {
            return false;
        }
    }
}
