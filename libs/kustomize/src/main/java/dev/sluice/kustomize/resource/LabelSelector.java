package dev.sluice.kustomize.resource;

import dev.sluice.kustomize.api.BuildException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A label query such as {@code app=web,tier!=db,env in (a, b),!canary}, as {@code kubectl
 * --selector} takes it.
 */
public final class LabelSelector {

    /** How a requirement compares. */
    enum Operator {
        IN,
        NOT_IN,
        EXISTS,
        MISSING,
        GREATER,
        LESS
    }

    /** One condition; {@code values} is empty where only the key counts. */
    record Requirement(String key, Operator operator, Set<String> values) {

        boolean matches(Map<String, String> labels) {
            String value = labels.get(key);
            return switch (operator) {
                case IN -> value != null && values.contains(value);
                case NOT_IN -> value == null || !values.contains(value);
                case EXISTS -> value != null;
                case MISSING -> value == null;
                case GREATER -> compare(value) > 0;
                case LESS -> compare(value) < 0;
            };
        }

        private int compare(@Nullable String value) {
            Long left = value == null ? null : LabelSelectorParser.integer(value);
            Long right = LabelSelectorParser.integer(values.iterator().next());
            return left == null || right == null ? 0 : Long.compare(left, right);
        }
    }

    private final List<Requirement> requirements;

    private LabelSelector(List<Requirement> requirements) {
        this.requirements = requirements;
    }

    /**
     * @throws BuildException where the text is no label query; the message says what was found and
     *     what was expected
     */
    public static LabelSelector parse(String text) throws BuildException {
        return new LabelSelector(
                text.isEmpty() ? List.of() : new LabelSelectorParser(text).parse());
    }

    public boolean isEmpty() {
        return requirements.isEmpty();
    }

    public boolean matches(Map<String, String> labels) {
        for (Requirement requirement : requirements) {
            if (!requirement.matches(labels)) {
                return false;
            }
        }
        return true;
    }
}
