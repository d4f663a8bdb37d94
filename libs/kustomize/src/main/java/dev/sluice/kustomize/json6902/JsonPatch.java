package dev.sluice.kustomize.json6902;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.yaml.JsonTrees;
import dev.sluice.yaml.Node;
import dev.sluice.yaml.WrittenStyles;
import dev.sluice.yaml.YamlException;
import dev.sluice.yaml.YamlReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A list of operations, read once and applied to any number of objects. Where kustomize departs
 * from RFC 6902, so does this: {@code replace} adds a missing key, indices may be negative, and an
 * object comes out of a patch with sorted keys and all numbers as doubles.
 */
public final class JsonPatch {
    private static final ObjectReader JSON =
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build()
                    .reader();

    private final List<Operation> operations;

    private JsonPatch(List<Operation> operations) {
        this.operations = operations;
    }

    /**
     * Reads a patch: JSON where the text starts with a bracket, else YAML.
     *
     * @throws PatchException where the text is neither, or no list of objects
     */
    public static JsonPatch parse(String text) throws PatchException {
        Node list = text.startsWith("[") ? json(text) : yaml(text);
        if (list.isNull()) {
            return new JsonPatch(List.of());
        }
        if (!list.isSequence()) {
            throw new PatchException(
                    "json: cannot unmarshal "
                            + (list.isMapping() ? "object" : "string")
                            + " into Go value of type jsonpatch.Patch");
        }
        List<Operation> operations = new ArrayList<>(list.size());
        for (Node item : list.items()) {
            if (!item.isMapping() && !item.isNull()) {
                throw new PatchException(
                        "json: cannot unmarshal "
                                + item.tag()
                                + " into Go value of type jsonpatch.Operation");
            }
            operations.add(Operation.of(item));
        }
        return new JsonPatch(operations);
    }

    private static Node json(String text) throws PatchException {
        try {
            return JsonTrees.fromJson(JSON.readTree(text));
        } catch (JsonProcessingException e) {
            throw new PatchException(
                    "invalid JSON patch at line "
                            + e.getLocation().getLineNr()
                            + ", column "
                            + e.getLocation().getColumnNr());
        }
    }

    private static Node yaml(String text) throws PatchException {
        try {
            return JsonTrees.fromJson(JsonTrees.toJson11(YamlReader.KUSTOMIZATION.read(text)));
        } catch (YamlException e) {
            throw new PatchException("error converting YAML to JSON: " + e.getMessage());
        }
    }

    /** No operation at all. */
    public boolean isEmpty() {
        return operations.isEmpty();
    }

    /**
     * Applies the operations in order.
     *
     * @param object stays as it is
     * @return a new tree
     * @throws PatchException at the first operation that can't be applied
     */
    public Node apply(Node object) throws PatchException {
        try {
            Node document = JsonTrees.fromJson(JsonTrees.toJson(object));
            for (Operation operation : operations) {
                document = step(document, operation);
            }
            if (!document.isMapping()) {
                throw new PatchException(
                        "json: cannot unmarshal array into Go value of type map[string]interface {}");
            }
            return WrittenStyles.apply(RebuiltNumbers.sorted(document));
        } catch (YamlException e) {
            throw new PatchException(e.getMessage());
        }
    }

    private static Node step(Node document, Operation operation) throws PatchException {
        switch (operation.op()) {
            case "add" -> add(document, operation);
            case "remove" -> remove(document, operation);
            case "replace" -> {
                return replace(document, operation);
            }
            case "move" -> move(document, operation);
            case "copy" -> copy(document, operation);
            case "test" -> test(document, operation);
            default -> throw new PatchException("Unexpected kind: " + operation.op());
        }
        return document;
    }

    private static Location locate(Node document, Operation operation, String pointer, String what)
            throws PatchException {
        Location location = Location.find(document, pointer);
        if (location == null) {
            throw new PatchException(
                    operation.op()
                            + " operation does not apply: doc is missing "
                            + what
                            + ": "
                            + pointer
                            + ": missing value");
        }
        return location;
    }

    private static PatchException error(String action, String pointer, PatchException cause) {
        return new PatchException(
                "error in " + action + " for path: '" + pointer + "': " + cause.getMessage());
    }

    private static void add(Node document, Operation operation) throws PatchException {
        String path = operation.requirePath();
        add(document, operation, path, operation.newValue(), "path");
    }

    private static void add(
            Node document, Operation operation, String path, Node value, String what)
            throws PatchException {
        Location location = locate(document, operation, path, what);
        try {
            location.add(value);
        } catch (PatchException e) {
            throw error(operation.op(), path, e);
        }
    }

    private static void remove(Node document, Operation operation) throws PatchException {
        String path = operation.requirePath();
        Location location = locate(document, operation, path, "path");
        try {
            location.remove();
        } catch (PatchException e) {
            throw error("remove", path, e);
        }
    }

    private static Node replace(Node document, Operation operation) throws PatchException {
        String path = operation.requirePath();
        Node value = operation.newValue();
        if (path.isEmpty()) {
            if (value.isScalar()) {
                throw new PatchException("replace operation value must be object or array");
            }
            return value;
        }
        Location location = locate(document, operation, path, "path");
        try {
            location.get();
        } catch (PatchException _) {
            throw new PatchException(
                    "replace operation does not apply: doc is missing key: "
                            + path
                            + ": missing value");
        }
        location.set(value);
        return document;
    }

    private static @Nullable Node source(Node document, Operation operation, boolean take)
            throws PatchException {
        String from = operation.requireFrom();
        Location location = locate(document, operation, from, "from path");
        try {
            Node value = location.get();
            if (take) {
                location.remove();
            }
            return value;
        } catch (PatchException e) {
            throw error(operation.op(), location.key(), e);
        }
    }

    private static void move(Node document, Operation operation) throws PatchException {
        Node value = source(document, operation, true);
        String path = operation.requirePath();
        add(
                document,
                operation,
                path,
                value == null ? Node.nullValue() : value,
                "destination path");
    }

    private static void copy(Node document, Operation operation) throws PatchException {
        Node value = source(document, operation, false);
        String path = operation.requirePath();
        add(
                document,
                operation,
                path,
                value == null ? Node.nullValue() : value.deepCopy(),
                "destination path");
        RebuiltNumbers.refuseGrowth(document);
    }

    private static void test(Node document, Operation operation) throws PatchException {
        String path = operation.requirePath();
        Node found = document;
        if (!path.isEmpty()) {
            Location location = locate(document, operation, path, "path");
            try {
                found = location.get();
            } catch (PatchException e) {
                throw error("test", path, e);
            }
        }
        Node wanted = operation.value();
        boolean bothNull = (found == null || found.isNull()) && (wanted == null || wanted.isNull());
        if (!bothNull
                && (found == null || wanted == null || !RebuiltNumbers.equal(found, wanted))) {
            throw new PatchException("testing value " + path + " failed: test failed");
        }
    }
}
