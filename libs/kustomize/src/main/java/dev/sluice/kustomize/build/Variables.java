package dev.sluice.kustomize.build;

import dev.sluice.kustomize.api.BuildException;
import dev.sluice.kustomize.fields.Lookup;
import dev.sluice.kustomize.fields.Paths;
import dev.sluice.kustomize.model.Variable;
import dev.sluice.kustomize.resource.ResId;
import dev.sluice.kustomize.resource.Resource;
import dev.sluice.kustomize.resource.ResourceSet;
import dev.sluice.yaml.Node;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The variables of a layer and of those below it, each name once. */
final class Variables {

    private static final Pattern INDEXED = Pattern.compile("(.*)\\[(\\d+)]");

    private final Map<String, Variable> byName = new TreeMap<>();

    /**
     * Takes up a kustomization's variables, and marks the resources that they get their values
     * from.
     */
    void declare(List<Variable> incoming, ResourceSet resources) throws BuildException {
        for (Variable variable : incoming) {
            List<Resource> matches = resources.withAnyId(id -> isObject(variable, id));
            if (matches.size() > 1) {
                throw new BuildException(
                        "found "
                                + matches.size()
                                + " resId matches for var "
                                + variable
                                + " (unable to disambiguate)");
            }
            if (matches.size() == 1) {
                matches.getFirst().varNames().add(variable.name());
            }
        }
        addAll(incoming);
    }

    /** Takes up the variables of a layer below. */
    void addAll(Variables other) throws BuildException {
        addAll(other.byName.values());
    }

    private void addAll(Collection<Variable> incoming) throws BuildException {
        for (Variable variable : incoming) {
            if (byName.putIfAbsent(variable.name(), variable) != null) {
                throw new BuildException("var '" + variable.name() + "' already encountered");
            }
        }
    }

    /** An empty namespace fits all. */
    private static boolean isObject(Variable variable, ResId id) {
        if (!id.name().equals(variable.objectName()) || !id.gvk().equals(variable.gvk())) {
            return false;
        }
        String namespace = variable.objectNamespace();
        return namespace.isEmpty() || namespace.equals(id.effectiveNamespace());
    }

    /** The value of each variable, from what the resources have become. */
    Map<String, Node> resolve(ResourceSet resources) throws BuildException {
        Map<String, Node> values = new TreeMap<>();
        for (Variable variable : byName.values()) {
            values.put(variable.name(), value(variable, resources));
        }
        return values;
    }

    private static Node value(Variable variable, ResourceSet resources) throws BuildException {
        for (Resource resource : resources.resources()) {
            if (resource.varNames().contains(variable.name())) {
                Node field = field(resource.node(), variable.effectiveFieldPath());
                if (field == null) {
                    throw new BuildException(
                            "field specified in var '"
                                    + shown(variable)
                                    + "' not found in corresponding resource");
                }
                return field;
            }
        }
        throw new BuildException(
                "var '"
                        + shown(variable)
                        + "' cannot be mapped to a field in the set of known resources");
    }

    private static String shown(Variable variable) {
        return "{"
                + variable.name()
                + " "
                + variable.gvk()
                + " {"
                + variable.effectiveFieldPath()
                + "}}";
    }

    private static @Nullable Node field(Node object, String path) {
        List<String> parts = new ArrayList<>();
        for (String part : Paths.splitWithBrackets(path, '.')) {
            Matcher indexed = INDEXED.matcher(part);
            if (indexed.matches()) {
                if (!indexed.group(1).isEmpty()) {
                    parts.add(indexed.group(1));
                }
                parts.add(indexed.group(2));
            } else {
                parts.add(part);
            }
        }
        try {
            return Lookup.find(object, parts);
        } catch (BuildException e) {
            return null;
        }
    }
}
