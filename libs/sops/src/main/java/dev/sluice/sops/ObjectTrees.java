package dev.sluice.sops;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.sops.document.Branch;
import dev.sluice.sops.document.Comment;
import dev.sluice.sops.document.Entry;
import dev.sluice.sops.document.Flag;
import dev.sluice.sops.document.Items;
import dev.sluice.sops.document.Member;
import dev.sluice.sops.document.Moment;
import dev.sluice.sops.document.Nothing;
import dev.sluice.sops.document.Real;
import dev.sluice.sops.document.Text;
import dev.sluice.sops.document.Value;
import dev.sluice.sops.document.Whole;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Kubernetes objects as documents, and back. */
final class ObjectTrees {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private ObjectTrees() {}

    static Branch branch(ObjectNode object, int depthLeft) throws SopsException {
        List<Member> members = new ArrayList<>(object.size());
        for (var field : object.properties()) {
            members.add(new Entry(field.getKey(), value(field.getValue(), depthLeft - 1)));
        }
        return new Branch(members);
    }

    private static Value value(JsonNode node, int depthLeft) throws SopsException {
        if (depthLeft < 0) {
            throw new SopsException(SopsException.Kind.LIMIT, "the object is nested too deep");
        }
        return switch (node.getNodeType()) {
            case OBJECT -> branch((ObjectNode) node, depthLeft);
            case ARRAY -> {
                List<Value> values = new ArrayList<>(node.size());
                for (JsonNode item : node) {
                    values.add(value(item, depthLeft - 1));
                }
                yield new Items(values);
            }
            case STRING -> Text.of(node.textValue());
            case NUMBER -> number(node);
            case BOOLEAN -> new Flag(node.booleanValue());
            default -> Nothing.VALUE;
        };
    }

    private static Value number(JsonNode node) {
        return node.isIntegralNumber() && node.canConvertToLong()
                ? new Whole(node.longValue())
                : new Real(node.doubleValue());
    }

    static ObjectNode object(Branch branch) {
        ObjectNode object = NODES.objectNode();
        branch.entries().forEach(entry -> object.set(entry.key(), node(entry.value())));
        return object;
    }

    private static JsonNode node(Value value) {
        return switch (value) {
            case Branch branch -> object(branch);
            case Items items -> {
                ArrayNode array = NODES.arrayNode();
                items.values().stream()
                        .filter(item -> !(item instanceof Comment))
                        .forEach(item -> array.add(node(item)));
                yield array;
            }
            case Text text -> NODES.textNode(text.string());
            case Whole whole -> NODES.numberNode(whole.value());
            case Real real -> real(real.value());
            case Flag flag -> NODES.booleanNode(flag.value());
            case Moment moment -> NODES.textNode(moment.rfc3339());
            case Nothing nothing -> NODES.nullNode();
            case Comment comment -> NODES.textNode(comment.text());
        };
    }

    /** Through JSON a whole number loses its point, as it does in Flux. */
    private static JsonNode real(double value) {
        boolean whole = value == Math.rint(value) && Math.abs(value) < 1e21;
        if (!whole) {
            return NODES.numberNode(value);
        }
        BigInteger integer = new BigDecimal(value).toBigInteger();
        return integer.bitLength() < Long.SIZE
                ? NODES.numberNode(integer.longValue())
                : NODES.numberNode(value);
    }
}
