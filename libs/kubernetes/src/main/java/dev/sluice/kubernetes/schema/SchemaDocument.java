package dev.sluice.kubernetes.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The types of one group version, read from the API server's OpenAPI v3 document and reduced to
 * what pruning needs.
 *
 * @param types by name
 * @param kinds kind to the name of its type
 */
record SchemaDocument(Map<String, SchemaType> types, Map<String, String> kinds) {

    private static final String QUANTITY = "io.k8s.apimachinery.pkg.api.resource.Quantity";
    private static final String INTEGER_OR_TEXT = "io.k8s.apimachinery.pkg.util.intstr.IntOrString";

    /**
     * @param version of the group, to choose among kinds that several versions list
     */
    static SchemaDocument of(JsonNode document, String group, String version) {
        Map<String, SchemaType> types = new HashMap<>();
        Map<String, String> kinds = new HashMap<>();
        for (Map.Entry<String, JsonNode> e :
                document.path("components").path("schemas").properties()) {
            types.put(e.getKey(), named(e.getKey(), e.getValue()));
            for (JsonNode gvk : e.getValue().path("x-kubernetes-group-version-kind")) {
                if (gvk.path("group").asText().equals(group)
                        && gvk.path("version").asText().equals(version)) {
                    kinds.put(gvk.path("kind").asText(), e.getKey());
                }
            }
        }
        return new SchemaDocument(Map.copyOf(types), Map.copyOf(kinds));
    }

    /** The type of a kind; null where the document has none. */
    @Nullable SchemaType kind(String kind) {
        String name = kinds.get(kind);
        return name == null ? null : types.get(name);
    }

    /** Follows references; a dangling one stands for anything. */
    SchemaType resolve(SchemaType type) {
        SchemaType at = type;
        for (int hops = 0; at instanceof SchemaType.Ref(String name); hops++) {
            SchemaType next = types.get(name);
            if (next == null || hops > 10) {
                return SchemaType.Plain.ANY;
            }
            at = next;
        }
        return at;
    }

    private static SchemaType named(String name, JsonNode schema) {
        return switch (name) {
            case QUANTITY -> SchemaType.Plain.QUANTITY;
            case INTEGER_OR_TEXT -> SchemaType.Plain.INTEGER_OR_TEXT;
            default -> type(name, schema);
        };
    }

    private static SchemaType type(String name, JsonNode schema) {
        String reference = reference(schema);
        if (!reference.isEmpty()) {
            return new SchemaType.Ref(reference);
        }
        return switch (schema.path("type").asText()) {
            case "object" -> object(name, schema);
            case "array" -> new SchemaType.ListOf(type("", schema.path("items")));
            case "string" ->
                    schema.path("format").asText().equals("byte")
                            ? SchemaType.Plain.BYTES
                            : SchemaType.Plain.TEXT;
            case "integer" -> SchemaType.Plain.INTEGER;
            case "number" -> SchemaType.Plain.NUMBER;
            case "boolean" -> SchemaType.Plain.BOOLEAN;
            default -> SchemaType.Plain.ANY;
        };
    }

    private static SchemaType object(String name, JsonNode schema) {
        if (schema.has("properties")) {
            Map<String, SchemaType.Field> fields = new HashMap<>();
            for (Map.Entry<String, JsonNode> e : schema.path("properties").properties()) {
                JsonNode initial = e.getValue().path("default");
                boolean always = initial.isObject() && initial.isEmpty();
                fields.put(e.getKey(), new SchemaType.Field(type("", e.getValue()), always));
            }
            return new SchemaType.Struct(name, Map.copyOf(fields));
        }
        return schema.path("additionalProperties").isObject()
                ? new SchemaType.MapOf(type("", schema.path("additionalProperties")))
                : SchemaType.Plain.ANY;
    }

    private static String reference(JsonNode schema) {
        JsonNode direct = schema.path("$ref");
        JsonNode reference =
                direct.isTextual() ? direct : schema.path("allOf").path(0).path("$ref");
        String path = reference.asText();
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
