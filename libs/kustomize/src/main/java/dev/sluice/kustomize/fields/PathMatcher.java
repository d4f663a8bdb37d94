package dev.sluice.kustomize.fields;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.sluice.kustomize.api.BuildException;
import dev.sluice.patterns.BoundedPattern;
import dev.sluice.yaml.Kind;
import dev.sluice.yaml.Node;
import dev.sluice.yaml.YamlException;
import dev.sluice.yaml.YamlReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds all nodes at a path of replacements: field names, positions, {@code [field=pattern]} and
 * {@code *}. Where a text has YAML or JSON in it, the path goes on inside.
 */
public final class PathMatcher {

    private final @Nullable Kind create;

    private PathMatcher(@Nullable Kind create) {
        this.create = create;
    }

    /**
     * The nodes at the path.
     *
     * @param create the kind of node to make where the last one is missing; null to make none
     */
    public static List<Node> match(Node node, List<String> path, @Nullable Kind create)
            throws BuildException {
        return new PathMatcher(create).at(node, path);
    }

    private List<Node> at(Node node, List<String> path) throws BuildException {
        if (path.isEmpty()) {
            return List.of(node);
        }
        String part = path.getFirst();
        List<String> rest = path.subList(1, path.size());
        if (Paths.isNumber(part)) {
            return atPosition(node, part, rest);
        }
        if (Paths.isListIndex(part)) {
            return atCondition(node, Condition.parse(part), rest);
        }
        if (part.equals("*")) {
            Fields.require(node, Kind.SEQUENCE);
            List<Node> found = new ArrayList<>();
            for (Node item : List.copyOf(node.content())) {
                found.addAll(at(item, rest));
            }
            return found;
        }
        return atField(node, part, rest);
    }

    private List<Node> atField(Node node, String name, List<String> rest) throws BuildException {
        Node field = Fields.get(node, name);
        if (field == null) {
            if (create == null || node.isNull()) {
                if (create != null) {
                    throw new BuildException(
                            "wrong node kind: a field below null cannot be made: " + name);
                }
                return List.of();
            }
            field = Fields.set(node, name, fresh(rest));
        }
        if (field.isScalar() && !rest.isEmpty()) {
            return at(parse(field.value()), rest);
        }
        return at(field, rest);
    }

    private List<Node> atPosition(Node node, String part, List<String> rest) throws BuildException {
        Fields.require(node, Kind.SEQUENCE);
        int index = Integer.parseInt(part);
        if (create != null && node.isSequence() && node.size() == index) {
            node.add(fresh(rest));
        }
        List<Node> items = node.items();
        if (index >= items.size()) {
            throw new BuildException(
                    "index " + index + " specified but only " + items.size() + " elements found");
        }
        return at(items.get(index), rest);
    }

    private List<Node> atCondition(Node node, Condition condition, List<String> rest)
            throws BuildException {
        Fields.require(node, Kind.SEQUENCE);
        List<Node> found = matching(node, condition, rest);
        if (!found.isEmpty() || create == null) {
            return found;
        }
        node.add(condition.newItem());
        found = matching(node, condition, rest);
        if (found.isEmpty()) {
            // The element that was made does not fit its own pattern: upstream would go on for
            // ever.
            throw new BuildException(
                    "cannot make a list element that matches " + condition.value());
        }
        return found;
    }

    private List<Node> matching(Node node, Condition condition, List<String> rest)
            throws BuildException {
        Pattern pattern = compile(condition.value());
        List<Node> found = new ArrayList<>();
        for (Node item : List.copyOf(node.items())) {
            if (condition.field().isEmpty()) {
                if (pattern.matcher(NodeText.of(item).strip()).find()) {
                    found.add(item);
                }
                continue;
            }
            Node value = item.get(condition.field());
            if (value != null && pattern.matcher(NodeText.of(value).strip()).find()) {
                found.addAll(at(item, rest));
            }
        }
        return found;
    }

    private Node fresh(List<String> rest) {
        Kind kind =
                Lookup.kindFor(
                        rest.isEmpty() ? "" : rest.getFirst(),
                        create == null ? Kind.SCALAR : create);
        return Lookup.blank(kind);
    }

    private static Node parse(String text) throws BuildException {
        try {
            return YamlReader.MANIFEST.read(text);
        } catch (YamlException e) {
            throw new BuildException(e.getMessage(), e);
        }
    }

    private static Pattern compile(String expression) throws BuildException {
        try {
            return BoundedPattern.compile(expression);
        } catch (PatternSyntaxException e) {
            throw new BuildException("error parsing regexp: " + e.getMessage(), e);
        }
    }
}
