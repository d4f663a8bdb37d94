package dev.sluice.helm.values;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Puts a text at a path into values, as {@code helm --set path=text} does: the path's steps are
 * separated by dots and indexes in brackets; the text may be a truth value, a whole number, null, a
 * list in braces, or text; a comma begins the next path; a backslash takes the meaning from what
 * follows it.
 */
public final class ValuePath {

    private static final int MOST_LEVELS = 30;
    private static final int HIGHEST_INDEX = 65536;
    private static final char END = Character.MAX_VALUE;

    private final String text;
    private final boolean asText;
    private int at;

    /** The character that ended the last piece; {@link #END} at the end of the text. */
    private char stop;

    private ValuePath(String text, boolean asText) {
        this.text = text;
        this.asText = asText;
    }

    /**
     * Sets a value that was read from a ConfigMap or Secret. A text in quotes stays text, without
     * the quotes.
     */
    public static void set(ObjectNode values, String path, String value)
            throws InvalidValuesException {
        boolean quoted =
                (value.startsWith("'") && value.endsWith("'"))
                        || (value.startsWith("\"") && value.endsWith("\""));
        new ValuePath(path + '=' + (quoted ? unquoted(value) : value), quoted).into(values);
    }

    /** Sets a text as it is, whatever it looks like. */
    public static void setLiteral(ObjectNode values, String path, String value)
            throws InvalidValuesException {
        String escaped = value.replaceAll("([\\\\,\\[\\]{}])", "\\\\$1");
        new ValuePath(path + '=' + escaped, true).into(values);
    }

    private static String unquoted(String value) {
        int from = 0;
        int to = value.length();
        while (from < to && isQuote(value.charAt(from))) {
            from++;
        }
        while (to > from && isQuote(value.charAt(to - 1))) {
            to--;
        }
        return value.substring(from, to);
    }

    private static boolean isQuote(char c) {
        return c == '\'' || c == '"';
    }

    private void into(ObjectNode values) throws InvalidValuesException {
        while (at < text.length()) {
            key(values, 0);
        }
    }

    private void key(ObjectNode map, int level) throws InvalidValuesException {
        String key = until("=[,.");
        switch (stop) {
            case '[' -> {
                JsonNode existing = map.get(key);
                put(map, key, item(list(existing, key), index(), level));
            }
            case '=' -> put(map, key, value());
            case ',' -> throw new InvalidValuesException("key '" + key + "' has no value");
            case '.' -> {
                if (level >= MOST_LEVELS) {
                    throw new InvalidValuesException(
                            "a path has more than " + MOST_LEVELS + " levels");
                }
                JsonNode existing = map.get(key);
                ObjectNode inner = existing == null ? empty() : map(existing, key);
                key(inner, level + 1);
                if (!inner.isEmpty()) {
                    put(map, key, inner);
                }
            }
            default -> {
                if (!key.isEmpty()) {
                    throw new InvalidValuesException("key '" + key + "' has no value");
                }
            }
        }
    }

    private ArrayNode item(ArrayNode list, int index, int level) throws InvalidValuesException {
        String rest = until("[.=");
        if (!rest.isEmpty()) {
            throw new InvalidValuesException("there is something behind an index");
        }
        JsonNode existing = list.get(index);
        switch (stop) {
            case '=' -> place(list, index, value());
            case '[' -> place(list, index, item(list(existing, "an item"), index(), level));
            case '.' -> {
                ObjectNode inner = existing instanceof ObjectNode map ? map : empty();
                key(inner, level);
                place(list, index, inner);
            }
            default -> throw new InvalidValuesException("an index has no value");
        }
        return list;
    }

    private int index() throws InvalidValuesException {
        String digits = until("]");
        try {
            int index = Integer.parseInt(digits);
            if (stop == ']' && index >= 0 && index <= HIGHEST_INDEX) {
                return index;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new InvalidValuesException(
                "an index must be a whole number from 0 to " + HIGHEST_INDEX);
    }

    private JsonNode value() throws InvalidValuesException {
        if (at >= text.length()) {
            return JsonNodeFactory.instance.textNode("");
        }
        if (text.charAt(at) != '{') {
            return typed(until(","));
        }
        at++;
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        while (true) {
            String item = until(",}");
            if (stop == END) {
                throw new InvalidValuesException("a list must end with '}'");
            }
            list.add(typed(item));
            if (stop == '}') {
                if (at < text.length() && text.charAt(at) == ',') {
                    at++;
                }
                return list;
            }
        }
    }

    private JsonNode typed(String value) {
        if (asText) {
            return JsonNodeFactory.instance.textNode(value);
        }
        JsonNode word =
                switch (value.toLowerCase(Locale.ROOT)) {
                    case "true" -> JsonNodeFactory.instance.booleanNode(true);
                    case "false" -> JsonNodeFactory.instance.booleanNode(false);
                    case "null" -> JsonNodeFactory.instance.nullNode();
                    case "0" -> new GivenNumber(0);
                    default -> null;
                };
        if (word != null) {
            return word;
        }
        if (!value.isEmpty() && value.charAt(0) != '0') {
            try {
                return new GivenNumber(Long.parseLong(value));
            } catch (NumberFormatException e) {
                // It is text.
            }
        }
        return JsonNodeFactory.instance.textNode(value);
    }

    /** The characters up to one of those, which is passed over and kept in {@link #stop}. */
    private String until(String stops) {
        StringBuilder piece = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (stops.indexOf(c) >= 0) {
                stop = c;
                return piece.toString();
            }
            if (c == '\\') {
                if (at >= text.length()) {
                    break;
                }
                piece.append(text.charAt(at++));
            } else {
                piece.append(c);
            }
        }
        stop = END;
        return piece.toString();
    }

    private static void put(ObjectNode map, String key, JsonNode value) {
        if (!key.isEmpty()) {
            map.set(key, value);
        }
    }

    private static void place(ArrayNode list, int index, JsonNode value) {
        while (list.size() <= index) {
            list.addNull();
        }
        list.set(index, value);
    }

    private static ArrayNode list(@Nullable JsonNode existing, String name)
            throws InvalidValuesException {
        if (existing == null || existing.isNull()) {
            return JsonNodeFactory.instance.arrayNode();
        }
        if (existing instanceof ArrayNode list) {
            return list;
        }
        throw new InvalidValuesException(name + " is no list");
    }

    private static ObjectNode map(JsonNode existing, String name) throws InvalidValuesException {
        if (existing instanceof ObjectNode map) {
            return map;
        }
        throw new InvalidValuesException(name + " is no map");
    }

    private static ObjectNode empty() {
        return JsonNodeFactory.instance.objectNode();
    }
}
