package dev.sluice.kustomize.model;

import dev.sluice.yaml.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a mapping that was read by a shape. Values are String, Boolean, Long, {@code
 * Map<String, String>}, List, Values and Node as the shape says; asking for another type than the
 * shape's is a bug.
 */
final class Values {

    private final Map<String, Object> fields = new LinkedHashMap<>();
    private final int line;

    /**
     * @param line of the mapping in its file; 0 where it is not known
     */
    Values(int line) {
        this.line = line;
    }

    int line() {
        return line;
    }

    void put(String field, @Nullable Object value) {
        if (value != null) {
            fields.put(field, value);
        }
    }

    void remove(String field) {
        fields.remove(field);
    }

    /** The fields of both; those of the second win. */
    static Values merged(Values first, Values second) {
        Values both = new Values(first.line);
        both.fields.putAll(first.fields);
        both.fields.putAll(second.fields);
        return both;
    }

    /** Whether the field has a value other than null. */
    boolean has(String field) {
        return fields.containsKey(field);
    }

    /** The names of the fields that have a value. */
    Iterable<String> names() {
        return fields.keySet();
    }

    Object get(String field) {
        return Objects.requireNonNull(fields.get(field));
    }

    String text(String field) {
        return fields.get(field) instanceof String text ? text : "";
    }

    boolean flag(String field) {
        return fields.get(field) instanceof Boolean flag && flag;
    }

    long number(String field) {
        return fields.get(field) instanceof Long number ? number : 0;
    }

    @Nullable Values struct(String field) {
        return fields.get(field) instanceof Values values ? values : null;
    }

    @Nullable Node node(String field) {
        return fields.get(field) instanceof Node node ? node : null;
    }

    Map<String, String> textMap(String field) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (fields.get(field) instanceof Map<?, ?> map) {
            map.forEach((key, value) -> texts.put((String) key, (String) value));
        }
        return texts;
    }

    List<String> texts(String field) {
        return list(field, String.class);
    }

    List<Values> structs(String field) {
        return list(field, Values.class);
    }

    private <T> List<T> list(String field, Class<T> type) {
        List<T> items = new ArrayList<>();
        if (fields.get(field) instanceof List<?> list) {
            list.forEach(item -> items.add(type.cast(item)));
        }
        return items;
    }
}
