package dev.sluice.kustomize.json6902;

import dev.sluice.yaml.Node;
import org.jspecify.annotations.Nullable;

/**
 * One step of a patch. What is missing is null and is complained about only when the step is taken.
 *
 * @param op add, remove, replace, move, copy or test; {@code unknown} where it is missing or no
 *     string
 * @param value a missing one counts as null
 */
record Operation(String op, @Nullable String path, @Nullable String from, @Nullable Node value) {
    static Operation of(Node step) {
        String op = string(step, "op");
        return new Operation(
                op == null ? "unknown" : op,
                string(step, "path"),
                string(step, "from"),
                step.get("value"));
    }

    private static @Nullable String string(Node step, String field) {
        Node found = step.get(field);
        return found != null && found.isString() ? found.value() : null;
    }

    String requirePath() throws PatchException {
        if (path == null) {
            throw new PatchException(op + " operation failed to decode path: missing value");
        }
        return path;
    }

    String requireFrom() throws PatchException {
        if (from == null) {
            throw new PatchException(
                    op
                            + " operation failed to decode from: operation, missing from field: missing value");
        }
        return from;
    }

    /** A copy of the value, so that one patch serves many objects. */
    Node newValue() {
        return value == null ? Node.nullValue() : value.deepCopy();
    }
}
