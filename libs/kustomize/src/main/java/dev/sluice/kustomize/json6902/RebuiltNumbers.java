package dev.sluice.kustomize.json6902;

import dev.sluice.yaml.Entry;
import dev.sluice.yaml.GoNumbers;
import dev.sluice.yaml.Node;
import dev.sluice.yaml.Scalar;
import dev.sluice.yaml.ScalarResolver;
import dev.sluice.yaml.Tags;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What becomes of a document on its way out of a patch: it is rebuilt from JSON, where every number
 * is a double.
 */
final class RebuiltNumbers {
    /**
     * Copies within one document double its size with each operation; no object that a cluster
     * takes comes near this.
     */
    private static final int MAX_NODES = 500_000;

    private RebuiltNumbers() {}

    /** A tree with sorted keys and rebuilt numbers. */
    static Node sorted(Node node) {
        if (node.isScalar()) {
            return isNumber(node) ? Node.plain(GoNumbers.general(number(node))) : node;
        }
        List<Node> content = new ArrayList<>(node.content().size());
        if (node.isMapping()) {
            List<Entry> entries = node.entries();
            entries.sort(Comparator.comparing(Entry::name));
            for (Entry entry : entries) {
                content.add(entry.key());
                content.add(sorted(entry.value()));
            }
        } else {
            node.content().forEach(each -> content.add(sorted(each)));
        }
        return node.setContent(content);
    }

    private static boolean isNumber(Node node) {
        return node.tag().equals(Tags.INT) || node.tag().equals(Tags.FLOAT);
    }

    private static double number(Node node) {
        return switch (ScalarResolver.CORE.resolve(node)) {
            case Scalar.Int(long value) ->
                    value == 0 && node.value().startsWith("-") ? -0.0 : (double) value;
            case Scalar.Uint(long bits) -> Double.parseDouble(Long.toUnsignedString(bits));
            case Scalar.Floating(double value) -> value;
            default -> throw new IllegalStateException("not a number");
        };
    }

    /** The same value; the order of keys does not matter. */
    static boolean equal(Node left, Node right) {
        if (left.kind() != right.kind() || left.size() != right.size()) {
            return false;
        }
        if (left.isScalar()) {
            return left.tag().equals(right.tag()) && left.value().equals(right.value());
        }
        for (int i = 0; i < left.size(); i++) {
            if (left.isMapping()) {
                Node other = right.get(left.content().get(2 * i).value());
                if (other == null || !equal(left.content().get(2 * i + 1), other)) {
                    return false;
                }
            } else if (!equal(left.item(i), right.item(i))) {
                return false;
            }
        }
        return true;
    }

    static void refuseGrowth(Node document) throws PatchException {
        if (count(document, 0) > MAX_NODES) {
            throw new PatchException(
                    "copy operations make the document larger than " + MAX_NODES + " nodes");
        }
    }

    private static int count(Node node, int before) {
        int count = before + 1;
        for (Node child : node.content()) {
            if (count > MAX_NODES) {
                return count;
            }
            count = count(child, count);
        }
        return count;
    }
}
