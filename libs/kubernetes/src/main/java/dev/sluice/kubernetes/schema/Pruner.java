package dev.sluice.kubernetes.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a tree as a typed client would and writes it again: what the types do not know goes,
 * amounts become canonical, empty lists and maps go, structs that cannot be left out come.
 *
 * @param document whose types count
 */
record Pruner(SchemaDocument document) {

    private static final Set<String> PORTS =
            Set.of("io.k8s.api.core.v1.ContainerPort", "io.k8s.api.core.v1.ServicePort");

    private static final String FIELD_SELECTOR = "io.k8s.api.core.v1.ResourceFieldSelector";

    /** The value has another type than it should. */
    static final class MismatchException extends Exception {

        private static final long serialVersionUID = 1L;

        MismatchException(String expected) {
            super("not " + expected);
        }
    }

    /**
     * @return null where nothing is left to write
     * @throws MismatchException where a typed client could not read the value
     */
    @Nullable JsonNode prune(@Nullable JsonNode value, SchemaType type) throws MismatchException {
        if (value == null || value.isNull()) {
            return null;
        }
        return switch (document.resolve(type)) {
            case SchemaType.Struct struct -> struct(value, struct);
            case SchemaType.ListOf(SchemaType items) -> list(value, items);
            case SchemaType.MapOf(SchemaType values) -> map(value, values);
            case SchemaType.Plain plain -> plain(value, plain);
            case SchemaType.Ref _ -> value;
        };
    }

    private ObjectNode struct(JsonNode value, SchemaType.Struct struct) throws MismatchException {
        if (!(value instanceof ObjectNode object)) {
            throw new MismatchException("an object");
        }
        ObjectNode out = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> e : object.properties()) {
            SchemaType.Field field = struct.fields().get(e.getKey());
            JsonNode kept = field == null ? null : prune(e.getValue(), field.type());
            if (kept != null && !ZeroFields.omits(struct.name(), e.getKey(), kept)) {
                out.set(e.getKey(), kept);
            }
        }
        addWhatCannotBeLeftOut(out, struct);
        return out;
    }

    private void addWhatCannotBeLeftOut(ObjectNode out, SchemaType.Struct struct)
            throws MismatchException {
        for (Map.Entry<String, SchemaType.Field> e : struct.fields().entrySet()) {
            if (e.getValue().always() && !out.has(e.getKey())) {
                JsonNode empty = prune(JsonNodeFactory.instance.objectNode(), e.getValue().type());
                if (empty != null) {
                    out.set(e.getKey(), empty);
                }
            }
        }
        if (PORTS.contains(struct.name()) && !out.has("protocol")) {
            out.put("protocol", "TCP");
        }
        if (struct.name().equals(FIELD_SELECTOR) && !out.has("divisor")) {
            out.put("divisor", "0");
        }
    }

    private @Nullable JsonNode list(JsonNode value, SchemaType items) throws MismatchException {
        if (!(value instanceof ArrayNode array)) {
            throw new MismatchException("a list");
        }
        ArrayNode out = JsonNodeFactory.instance.arrayNode();
        for (JsonNode item : array) {
            out.add(orZero(prune(item, items), items));
        }
        return out.isEmpty() ? null : out;
    }

    private @Nullable JsonNode map(JsonNode value, SchemaType values) throws MismatchException {
        if (!(value instanceof ObjectNode object)) {
            throw new MismatchException("a map");
        }
        ObjectNode out = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> e : object.properties()) {
            out.set(e.getKey(), orZero(prune(e.getValue(), values), values));
        }
        return out.isEmpty() ? null : out;
    }

    /** Entries of lists and maps do not vanish: nothing becomes the zero of their type. */
    private JsonNode orZero(@Nullable JsonNode kept, SchemaType type) throws MismatchException {
        if (kept != null) {
            return kept;
        }
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (document.resolve(type)) {
            case SchemaType.Struct struct -> struct(nodes.objectNode(), struct);
            case SchemaType.Plain plain ->
                    switch (plain) {
                        case TEXT, BYTES -> nodes.textNode("");
                        case QUANTITY -> nodes.textNode("0");
                        case INTEGER, NUMBER, INTEGER_OR_TEXT -> nodes.numberNode(0);
                        case BOOLEAN -> nodes.booleanNode(false);
                        case ANY -> nodes.nullNode();
                    };
            case SchemaType.ListOf _, SchemaType.MapOf _, SchemaType.Ref _ -> nodes.nullNode();
        };
    }

    private static JsonNode plain(JsonNode value, SchemaType.Plain type) throws MismatchException {
        return switch (type) {
            case TEXT -> check(value, value.isTextual(), "text");
            case BYTES -> bytes(value);
            case INTEGER ->
                    check(
                            value,
                            value.isNumber() && value.canConvertToExactIntegral(),
                            "a whole number");
            case NUMBER -> check(value, value.isNumber(), "a number");
            case BOOLEAN -> check(value, value.isBoolean(), "true or false");
            case QUANTITY -> quantity(value);
            case INTEGER_OR_TEXT ->
                    check(
                            value,
                            value.isTextual() || value.isIntegralNumber(),
                            "a whole number or text");
            case ANY -> value;
        };
    }

    private static JsonNode quantity(JsonNode value) throws MismatchException {
        if (!value.isTextual() && !value.isNumber()) {
            throw new MismatchException("a quantity");
        }
        return TextNode.valueOf(
                Quantity.canonical(value.asText())
                        .orElseThrow(() -> new MismatchException("a quantity")));
    }

    private static JsonNode bytes(JsonNode value) throws MismatchException {
        check(value, value.isTextual(), "text");
        try {
            byte[] decoded = Base64.getDecoder().decode(value.textValue().replaceAll("[\r\n]", ""));
            return TextNode.valueOf(Base64.getEncoder().encodeToString(decoded));
        } catch (IllegalArgumentException e) {
            throw new MismatchException("base64");
        }
    }

    private static JsonNode check(JsonNode value, boolean fits, String expected)
            throws MismatchException {
        if (!fits) {
            throw new MismatchException(expected);
        }
        return value;
    }
}
