package dev.sluice.kustomize.fields;

import dev.sluice.kustomize.api.BuildException;
import dev.sluice.kustomize.resource.Gvk;
import dev.sluice.kustomize.resource.Meta;
import dev.sluice.kustomize.resource.Untagged;
import dev.sluice.yaml.Kind;
import dev.sluice.yaml.Node;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Goes to every node that a {@link FieldSpec} leads to in an object: through lists to all of their
 * elements, and past what is missing without a word, unless the spec says to create it.
 */
public final class FieldWalker {

    private final FieldSpec spec;
    private final @Nullable Kind createKind;
    private final Fields.Action action;

    private FieldWalker(FieldSpec spec, @Nullable Kind createKind, Fields.Action action) {
        this.spec = spec;
        this.createKind = createKind;
        this.action = action;
    }

    /** Walks, but only where the object is of the spec's kind. */
    public static void walk(
            Node object, FieldSpec spec, @Nullable Kind createKind, Fields.Action action)
            throws BuildException {
        if (matches(object, spec.gvk())) {
            walkAlways(object, spec, createKind, action);
        }
    }

    /** Walks every spec in turn. */
    public static void walkAll(
            Node object, List<FieldSpec> specs, @Nullable Kind createKind, Fields.Action action)
            throws BuildException {
        for (FieldSpec spec : specs) {
            walk(object, spec, createKind, action);
        }
    }

    /** Walks whatever the object's kind. */
    public static void walkAlways(
            Node object, FieldSpec spec, @Nullable Kind createKind, Fields.Action action)
            throws BuildException {
        try {
            new FieldWalker(spec, createKind, action).visit(object, 0);
        } catch (BuildException e) {
            throw e.within("considering field '" + spec.path() + "' of object " + describe(object));
        }
    }

    private static boolean matches(Node object, Gvk wanted) {
        if (wanted.equals(Gvk.ANY)) {
            return true;
        }
        if (!wanted.kind().isEmpty() && !wanted.kind().equals(Meta.kind(object))) {
            return false;
        }
        return (wanted.group().isEmpty() && wanted.version().isEmpty())
                || Gvk.of(object).isSelectedBy(wanted);
    }

    private void visit(Node node, int depth) throws BuildException {
        if (depth == spec.parts().size()) {
            action.apply(node);
            return;
        }
        switch (node.kind()) {
            case MAPPING -> visitField(node, depth);
            case SEQUENCE -> visitElements(node, depth);
            case ALIAS -> visit(node.target(), depth);
            case SCALAR -> {
                if (!node.isNull()) {
                    throw new BuildException("expected sequence or mapping node");
                }
            }
        }
    }

    private void visitElements(Node sequence, int depth) throws BuildException {
        // A copy: an action may change what it is called for, and nothing else, but lists may be
        // shared between places.
        for (Node element : List.copyOf(sequence.content())) {
            try {
                visit(element, depth);
            } catch (BuildException e) {
                throw e.within("visit traversal on path: " + rest(depth));
            }
        }
    }

    private void visitField(Node mapping, int depth) throws BuildException {
        String part = spec.parts().get(depth);
        boolean list = part.endsWith("[]");
        String name = list ? part.substring(0, part.length() - 2) : part;
        if (name.isEmpty()) {
            throw new BuildException("cannot set or create an empty field name");
        }
        Kind made = kindToMake(list, depth);
        Node field =
                list || made == null
                        ? Lookup.find(mapping, name)
                        : Lookup.findOrCreate(mapping, made, List.of(name));
        if (field == null) {
            return;
        }
        if (made != null && field.isNull()) {
            field.become(
                    made == Kind.SCALAR
                            ? Node.scalar(field.value(), Untagged.TAG)
                            : Lookup.blank(made));
        }
        visit(field, depth + 1);
    }

    /** What a field becomes that is missing or null; null where it stays so. */
    private @Nullable Kind kindToMake(boolean list, int depth) {
        if (list) {
            return Kind.SEQUENCE;
        }
        if (!spec.create() || createKind == null) {
            return null;
        }
        return depth == spec.parts().size() - 1 ? createKind : Kind.MAPPING;
    }

    private String rest(int depth) {
        return "[" + String.join(" ", spec.parts().subList(depth, spec.parts().size())) + "]";
    }

    private static String describe(Node object) {
        return Gvk.of(object)
                + "/"
                + orElse(Meta.name(object), "[noName]")
                + "."
                + orElse(Meta.namespace(object), "[noNs]");
    }

    private static String orElse(String text, String placeholder) {
        return text.isEmpty() ? placeholder : text;
    }
}
