package dev.sluice.helm.values;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A whole number that was put in at a path. Numbers of a text of values are floats to Go's
 * templates, which write a million as {@code 1e+06}; these are not, so they are told apart.
 */
final class GivenNumber extends LongNode {

    private static final long serialVersionUID = 1L;

    GivenNumber(long value) {
        super(value);
    }

    /** JSON pointers of all in a tree. */
    static List<String> in(JsonNode values) {
        List<String> found = new ArrayList<>();
        collect(values, "", found);
        return found;
    }

    private static void collect(JsonNode node, String at, List<String> into) {
        if (node instanceof GivenNumber) {
            into.add(at);
        }
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            String step = entry.getKey().replace("~", "~0").replace("/", "~1");
            collect(entry.getValue(), at + '/' + step, into);
        }
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                collect(node.get(i), at + '/' + i, into);
            }
        }
    }
}
