package dev.sluice.kustomize.transform;

import dev.sluice.kustomize.api.BuildException;
import dev.sluice.kustomize.fields.FieldSpec;
import dev.sluice.kustomize.fields.FieldWalker;
import dev.sluice.kustomize.resource.Resource;
import dev.sluice.kustomize.resource.ResourceSet;
import dev.sluice.yaml.GoNumbers;
import dev.sluice.yaml.Node;
import dev.sluice.yaml.Scalar;
import dev.sluice.yaml.ScalarResolver;
import dev.sluice.yaml.Style;
import dev.sluice.yaml.Tags;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Replaces {@code $(NAME)} in the texts of configured fields by values of other resources. */
public final class VariableTransformer implements Transformer {

    private final Map<String, Node> values;
    private final List<FieldSpec> specs;

    /**
     * @param values the value of each name: scalars; what is none is not replaced
     * @param specs the fields to look at
     */
    public VariableTransformer(Map<String, Node> values, List<FieldSpec> specs) {
        this.values = values;
        this.specs = specs;
    }

    @Override
    public void transform(ResourceSet resources) throws BuildException {
        if (values.isEmpty()) {
            return;
        }
        resources.idsMayChange();
        for (Resource resource : resources.resources()) {
            FieldWalker.walkAll(resource.node(), specs, null, this::expand);
        }
    }

    private void expand(Node field) throws BuildException {
        if (field.isNull()) {
            return;
        }
        switch (field.kind()) {
            case SCALAR -> {
                if (isText(field)) {
                    expandText(field);
                }
            }
            case MAPPING -> expandMapping(field);
            case SEQUENCE -> {
                for (Node item : field.content()) {
                    if (!isText(item)) {
                        throw new BuildException("invalid value type expect a string");
                    }
                    expandText(item);
                }
            }
            case ALIAS -> throw new BuildException("invalid type encountered");
        }
    }

    private void expandMapping(Node mapping) throws BuildException {
        for (int i = 0; i + 1 < mapping.content().size(); i += 2) {
            Node key = mapping.content().get(i);
            if (!isText(key)) {
                throw new BuildException(
                        "invalid map key: value='" + key.value() + "', tag='" + key.tag() + "'");
            }
            Node value = mapping.content().get(i + 1);
            if (isText(value)) {
                expandText(value);
            }
        }
    }

    private static boolean isText(Node node) {
        return node.isScalar() && (node.tag().equals(Tags.STR) || node.tag().isEmpty());
    }

    private void expandText(Node field) {
        String text = field.value();
        Node whole = wholeReference(text);
        if (whole != null) {
            // The text is one reference and nothing else: the value keeps its type.
            field.setStyle(Style.PLAIN)
                    .setTag(whole.tag().isEmpty() ? Tags.STR : typeOf(whole))
                    .setValue(shown(whole));
            return;
        }
        field.setValue(replaceIn(text)).setTag(Tags.STR).setStyle(Style.PLAIN);
    }

    private @Nullable Node wholeReference(String text) {
        if (!text.startsWith("$(") || text.indexOf(')') != text.length() - 1) {
            return null;
        }
        return value(text.substring(2, text.length() - 1));
    }

    private @Nullable Node value(String name) {
        Node value = values.get(name);
        return value == null || !value.isScalar() ? null : value;
    }

    private String replaceIn(String text) {
        if (text.indexOf('$') < 0) {
            return text;
        }
        StringBuilder result = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            char character = text.charAt(at);
            if (character != '$' || at + 1 == text.length()) {
                result.append(character);
                at++;
                continue;
            }
            char next = text.charAt(at + 1);
            int close = next == '(' ? text.indexOf(')', at + 2) : -1;
            if (close >= 0) {
                String name = text.substring(at + 2, close);
                Node value = value(name);
                result.append(value == null ? "$(" + name + ")" : shown(value));
                at = close + 1;
            } else {
                // A doubled dollar stands for one; all else stays as it is.
                result.append(next == '$' ? "$" : "$" + next);
                at += 2;
            }
        }
        return result.toString();
    }

    private static String typeOf(Node value) {
        return switch (value.tag()) {
            case Tags.INT, Tags.BOOL, Tags.FLOAT -> value.tag();
            default -> Tags.STR;
        };
    }

    private static String shown(Node value) {
        return switch (value.tag()) {
            case Tags.INT, Tags.BOOL, Tags.FLOAT ->
                    shown(value, ScalarResolver.CORE.resolve(value));
            default -> value.value();
        };
    }

    private static String shown(Node value, Scalar scalar) {
        return switch (scalar) {
            case Scalar.Int(long number) -> Long.toString(number);
            case Scalar.Bool(boolean bool) -> Boolean.toString(bool);
            case Scalar.Floating(double number) -> GoNumbers.json(number);
            default -> value.value();
        };
    }
}
