package dev.sluice.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.List;

/**
 * Between YAML nodes and Jackson's. Types are those of Go's YAMLToJSON: integers of 64 bits, signed
 * or unsigned, and doubles; dates are strings; aliases and merge keys are gone; keys keep their
 * order.
 */
public final class JsonTrees {
    private final JsonValues values;

    private JsonTrees(JsonValues values) {
        this.values = values;
    }

    /**
     * A tree as JSON.
     *
     * @throws YamlException where the tree holds what JSON can't: keys that are no strings or that
     *     are there twice, infinity, too many nodes by aliases
     */
    public static JsonNode toJson(Node root, YamlLimits limits) {
        return new JsonTrees(new JsonValues(null)).json(Anchors.inlinedCopy(root, limits), true);
    }

    public static JsonNode toJson(Node root) {
        return toJson(root, YamlLimits.DEFAULT);
    }

    /**
     * A tree from {@link YamlReader#KUSTOMIZATION} as sigs.k8s.io/yaml converts it: keys of other
     * types become strings, and of duplicate keys the last counts.
     */
    public static JsonNode toJson11(Node root) {
        return new JsonTrees(new JsonValues(null, ScalarResolver.YAML11))
                .json(Anchors.inlinedCopy(root, YamlLimits.DEFAULT), true);
    }

    /** A mapping as a JSON object. */
    public static ObjectNode toObject(Node root) {
        if (toJson(root) instanceof ObjectNode object) {
            return object;
        }
        throw new YamlException("cannot unmarshal " + root.tag() + " into an object", root.line());
    }

    private JsonNode json(Node node, boolean top) {
        return switch (node.kind()) {
            case MAPPING -> {
                ObjectNode object = JsonNodeFactory.instance.objectNode();
                List<JsonValues.Member> members = values.members(node, top);
                values.enter(node);
                for (JsonValues.Member member : members) {
                    object.set(member.name(), json(member.value(), false));
                }
                values.leave();
                yield object;
            }
            case SEQUENCE -> {
                ArrayNode array = JsonNodeFactory.instance.arrayNode(node.size());
                values.enter(node);
                node.content().forEach(item -> array.add(json(item, false)));
                values.leave();
                yield array;
            }
            case SCALAR -> scalar(values.value(node));
            case ALIAS -> throw new IllegalStateException("aliases are replaced before");
        };
    }

    private static JsonNode scalar(Scalar value) {
        JsonNodeFactory factory = JsonNodeFactory.instance;
        return switch (value) {
            case Scalar.Null _ -> factory.nullNode();
            case Scalar.Bool(boolean bool) -> factory.booleanNode(bool);
            case Scalar.Int(long number) -> factory.numberNode(number);
            case Scalar.Uint(long bits) ->
                    factory.numberNode(new BigInteger(Long.toUnsignedString(bits)));
            case Scalar.Floating(double number) -> {
                JsonValues.jsonFloat(number);
                yield factory.numberNode(number);
            }
            case Scalar.Str(String text, _) -> factory.textNode(text);
            case Scalar.Timestamp timestamp -> factory.textNode(timestamp.rfc3339());
        };
    }

    /**
     * A tree from JSON: strings stay strings whatever they look like, doubles without a fraction
     * become integers as Go prints them.
     */
    public static Node fromJson(JsonNode json) {
        return switch (json.getNodeType()) {
            case OBJECT -> {
                Node mapping = Node.mapping();
                json.properties()
                        .forEach(each ->
                                mapping.add(Node.string(each.getKey()))
                                        .add(fromJson(each.getValue())));
                yield mapping;
            }
            case ARRAY -> {
                Node sequence = Node.sequence();
                json.forEach(each -> sequence.add(fromJson(each)));
                yield sequence;
            }
            case STRING -> Node.string(json.textValue());
            case BOOLEAN -> Node.bool(json.booleanValue());
            case NUMBER -> number(json);
            case NULL, MISSING -> Node.nullValue();
            case BINARY, POJO ->
                    throw new IllegalArgumentException("not plain JSON: " + json.getNodeType());
        };
    }

    private static Node number(JsonNode json) {
        if (json.isIntegralNumber()) {
            return Node.scalar(json.asText(), Tags.INT);
        }
        return Node.plain(GoNumbers.json(json.doubleValue()));
    }
}
