package dev.sluice.cli.build;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.yaml.JsonTrees;
import dev.sluice.yaml.YamlWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** How one tree differs from another, as lines for people: a path, then what changes there. */
public final class Difference {

    private final List<String> lines = new ArrayList<>();

    private Difference() {}

    /** The lines; none where the trees are equal. */
    public static List<String> between(JsonNode before, JsonNode after) {
        Difference difference = new Difference();
        difference.compare("", before, after);
        return List.copyOf(difference.lines);
    }

    private void compare(String path, JsonNode before, JsonNode after) {
        if (before.equals(after)) {
            return;
        }
        if (before instanceof ObjectNode one && after instanceof ObjectNode other) {
            compareEntries(path, entries(one), entries(other), "map entry", "map entries");
        } else if (before instanceof ArrayNode one && after instanceof ArrayNode other) {
            compareItems(path, one, other);
        } else {
            at(path);
            lines.add(
                    before.getNodeType() == after.getNodeType()
                            ? "± value change"
                            : "± type change from " + type(before) + " to " + type(after));
            yaml(before).forEach(line -> lines.add("- " + line));
            yaml(after).forEach(line -> lines.add("+ " + line));
            lines.add("");
        }
    }

    private void compareItems(String path, ArrayNode before, ArrayNode after) {
        Map<String, JsonNode> one = named(before);
        Map<String, JsonNode> other = named(after);
        if (!one.isEmpty() && !other.isEmpty()) {
            compareEntries(path, one, other, "list entry", "list entries");
            return;
        }
        if (before.size() == after.size()) {
            for (int i = 0; i < before.size(); i++) {
                compare(path + '.' + i, before.get(i), after.get(i));
            }
            return;
        }
        tell(path, '-', missing(before, after), "list entry removed:", "list entries removed:");
        tell(path, '+', missing(after, before), "list entry added:", "list entries added:");
    }

    private void compareEntries(
            String path,
            Map<String, JsonNode> before,
            Map<String, JsonNode> after,
            String one,
            String many) {
        boolean list = one.startsWith("list");
        tell(path, '-', only(before, after.keySet(), list), one + " removed:", many + " removed:");
        tell(path, '+', only(after, before.keySet(), list), one + " added:", many + " added:");
        before.forEach((key, value) -> {
            JsonNode other = after.get(key);
            if (other != null) {
                compare(path.isEmpty() ? key : path + '.' + key, value, other);
            }
        });
    }

    private void tell(String path, char sign, JsonNode entries, String one, String many) {
        if (entries.isEmpty()) {
            return;
        }
        at(path);
        lines.add(sign + " " + (entries.size() == 1 ? "one " + one : entries.size() + " " + many));
        yaml(entries).forEach(line -> lines.add(sign + "   " + line));
        lines.add("");
    }

    private void at(String path) {
        lines.add(path.isEmpty() ? "(root level)" : path);
    }

    private static Map<String, JsonNode> entries(ObjectNode object) {
        Map<String, JsonNode> entries = new LinkedHashMap<>();
        object.properties().forEach(entry -> entries.put(entry.getKey(), entry.getValue()));
        return entries;
    }

    /** The items by their names; empty where not each has one of its own. */
    private static Map<String, JsonNode> named(ArrayNode items) {
        Map<String, JsonNode> named = new LinkedHashMap<>();
        for (JsonNode item : items) {
            String name = item.path("name").asText();
            if (name.isEmpty() || named.put(name, item) != null) {
                return Map.of();
            }
        }
        return named;
    }

    private static JsonNode only(Map<String, JsonNode> these, Set<String> not, boolean list) {
        ArrayNode items = JsonNodeFactory.instance.arrayNode();
        ObjectNode map = JsonNodeFactory.instance.objectNode();
        these.forEach((key, value) -> {
            if (!not.contains(key)) {
                items.add(value);
                map.set(key, value);
            }
        });
        return list ? items : map;
    }

    private static ArrayNode missing(ArrayNode these, ArrayNode in) {
        Set<JsonNode> there = new LinkedHashSet<>();
        in.forEach(there::add);
        ArrayNode missing = JsonNodeFactory.instance.arrayNode();
        these.forEach(item -> {
            if (!there.contains(item)) {
                missing.add(item);
            }
        });
        return missing;
    }

    private static List<String> yaml(JsonNode node) {
        if (node.isValueNode()) {
            return node.asText().lines().toList();
        }
        return YamlWriter.manifest(JsonTrees.fromJson(node)).lines().toList();
    }

    private static String type(JsonNode node) {
        return node.getNodeType().toString().toLowerCase(Locale.ROOT);
    }
}
