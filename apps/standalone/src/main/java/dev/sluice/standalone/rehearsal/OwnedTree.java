package dev.sluice.standalone.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;

/**
 * Writes into an object and keeps {@code managedFields} as an API server does, but that a list is
 * one field.
 */
final class OwnedTree {

    private static final Set<String> NOT_OWNED = Set.of("apiVersion", "kind", "status");

    private OwnedTree() {}

    /** Lays one tree over another; null takes away. */
    static void merge(ObjectNode into, ObjectNode over) {
        for (Map.Entry<String, JsonNode> e : over.properties()) {
            JsonNode value = e.getValue();
            if (value.isNull()) {
                into.remove(e.getKey());
            } else if (value instanceof ObjectNode map) {
                merge(into.withObjectProperty(e.getKey()), map);
            } else {
                into.set(e.getKey(), value);
            }
        }
    }

    /** What is applied belongs to its manager. */
    static void own(ObjectNode object, String manager, ObjectNode applied) {
        ArrayNode entries =
                object.withObjectProperty("metadata").withArrayProperty("managedFields");
        for (int i = entries.size() - 1; i >= 0; i--) {
            if (entries.get(i).path("manager").asText().equals(manager)) {
                entries.remove(i);
            }
        }
        entries.addObject()
                .put("manager", manager)
                .put("operation", "Apply")
                .put("apiVersion", applied.path("apiVersion").asText())
                .put("time", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString())
                .put("fieldsType", "FieldsV1")
                .set("fieldsV1", fields(applied));
    }

    /** What is changed by somebody else belongs to nobody who has applied it. */
    static void disown(ObjectNode object, ObjectNode changed) {
        ObjectNode fields = fields(changed);
        for (JsonNode entry : object.at("/metadata/managedFields")) {
            if (entry.path("fieldsV1") instanceof ObjectNode owned) {
                subtract(owned, fields);
            }
        }
    }

    private static ObjectNode fields(ObjectNode tree) {
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> e : tree.properties()) {
            if (!NOT_OWNED.contains(e.getKey())) {
                fields.set(
                        "f:" + e.getKey(),
                        e.getValue() instanceof ObjectNode map
                                ? fields(map)
                                : JsonNodeFactory.instance.objectNode());
            }
        }
        return fields;
    }

    private static void subtract(ObjectNode owned, ObjectNode fields) {
        for (Map.Entry<String, JsonNode> e : fields.properties()) {
            if (owned.path(e.getKey()) instanceof ObjectNode inner
                    && e.getValue() instanceof ObjectNode taken) {
                subtract(inner, taken);
                if (inner.isEmpty()) {
                    owned.remove(e.getKey());
                }
            }
        }
    }
}
