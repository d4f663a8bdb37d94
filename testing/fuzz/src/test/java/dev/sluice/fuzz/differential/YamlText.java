package dev.sluice.fuzz.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Prints maps, lists, strings and raw tokens as YAML in the many ways in which people write it:
 * quotes, flow and block, indented and not, comments, block scalars, anchors.
 */
final class YamlText {

    /** A token that is printed as it is. */
    record Raw(String text) {}

    private final Pick pick;
    private final boolean messy;
    private final boolean indentLists;
    private int anchors;

    YamlText(Pick pick) {
        this.pick = pick;
        this.messy = pick.once(3);
        this.indentLists = pick.once(2);
    }

    String of(Object value) {
        StringBuilder out = new StringBuilder();
        if (messy && pick.once(6)) {
            out.append("# a comment\n");
        }
        block(value, 0, out, true);
        return out.toString();
    }

    private void block(Object value, int indent, StringBuilder out, boolean lineStart) {
        switch (value) {
            case Map<?, ?> map when !map.isEmpty() && !flow() -> map(map, indent, out, lineStart);
            case List<?> list when !list.isEmpty() && !flow() -> list(list, indent, out, lineStart);
            case String text when text.contains("\n") && !pick.once(4) && blockFits(text) ->
                    literal(text, indent, out);
            default ->
                    out.append(lineStart ? "" : " ")
                            .append(inline(value))
                            .append(comment())
                            .append('\n');
        }
    }

    private boolean flow() {
        return messy && pick.once(12);
    }

    private String comment() {
        return messy && pick.once(12) ? " # note" : "";
    }

    private void map(Map<?, ?> map, int indent, StringBuilder out, boolean lineStart) {
        boolean first = lineStart;
        if (!lineStart) {
            out.append(messy && pick.once(25) ? " &a" + anchors++ : "").append('\n');
        }
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (messy && pick.once(20)) {
                out.append(first ? "" : " ".repeat(indent)).append(first ? "" : "# head\n");
            }
            out.append(first ? "" : " ".repeat(indent));
            first = lineStart && indent == 0;
            out.append(key(String.valueOf(entry.getKey()))).append(':');
            block(
                    entry.getValue(),
                    entry.getValue() instanceof List<?> && !indentLists ? indent : indent + 2,
                    out,
                    false);
            first = false;
        }
    }

    private String key(String key) {
        return messy && pick.once(20) ? "\"" + key + "\"" : plainFits(key) ? key : quoted(key);
    }

    private void list(List<?> list, int indent, StringBuilder out, boolean lineStart) {
        boolean first = lineStart;
        if (!lineStart) {
            out.append('\n');
        }
        for (Object item : list) {
            out.append(first ? "" : " ".repeat(indent)).append('-');
            first = false;
            if (item instanceof Map<?, ?> map && !map.isEmpty() && !flow()) {
                out.append(' ');
                map(map, indent + 2, out, true);
            } else {
                block(item, indent + 2, out, false);
            }
        }
    }

    private static boolean blockFits(String text) {
        return text.chars().allMatch(c -> c == '\n' || c >= 0x20)
                && !text.isBlank()
                && !text.startsWith("\n");
    }

    private void literal(String text, int indent, StringBuilder out) {
        boolean indicated = text.startsWith(" ");
        out.append(pick.once(4) && !text.contains("\n ") && !indicated ? " >" : " |");
        int step = pick.once(4) ? 4 : 2;
        if (indicated || pick.once(8)) {
            out.append(step);
        }
        String body = text;
        if (!text.endsWith("\n")) {
            out.append('-');
        } else if (text.endsWith("\n\n")) {
            out.append('+');
        }
        out.append('\n');
        int base = Math.max(indent - 2, 0);
        String margin = " ".repeat((base == indent ? indent : base) + step);
        for (String line :
                body.endsWith("\n")
                        ? body.substring(0, body.length() - 1).split("\n", -1)
                        : body.split("\n", -1)) {
            out.append(line.isEmpty() ? "" : margin).append(line).append('\n');
        }
    }

    String inline(Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                List<String> parts = new ArrayList<>();
                map.forEach((key, item) ->
                        parts.add(quotedKey(String.valueOf(key)) + ": " + inline(item)));
                yield "{" + String.join(", ", parts) + "}";
            }
            case List<?> list ->
                    "[" + String.join(", ", list.stream().map(this::inline).toList()) + "]";
            case Raw(String text) -> text;
            case String text -> scalar(text);
            default -> String.valueOf(value);
        };
    }

    private String quotedKey(String key) {
        return plainFits(key) ? key : quoted(key);
    }

    private String scalar(String text) {
        if (plainFits(text) && !(messy && pick.once(5))) {
            return text;
        }
        boolean single = text.chars().allMatch(c -> c >= 0x20) && pick.once(2);
        return single ? "'" + text.replace("'", "''") + "'" : quoted(text);
    }

    private static boolean plainFits(String text) {
        return text.matches("[A-Za-z./$(][A-Za-z0-9._/$()*=-]*")
                && !text.matches("(?i)true|false|yes|no|on|off|y|n|null")
                && !text.endsWith(":");
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        text.codePoints()
                .forEach(c -> {
                    switch (c) {
                        case '"' -> out.append("\\\"");
                        case '\\' -> out.append("\\\\");
                        case '\n' -> out.append("\\n");
                        case '\t' -> out.append("\\t");
                        case '\r' -> out.append("\\r");
                        default -> {
                            if (c < 0x20) {
                                out.append(String.format("\\x%02x", c));
                            } else {
                                out.appendCodePoint(c);
                            }
                        }
                    }
                });
        return out.append('"').toString();
    }
}
