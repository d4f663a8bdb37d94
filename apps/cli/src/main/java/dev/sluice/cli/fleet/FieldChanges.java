package dev.sluice.cli.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The fields in which two versions of an object differ, one line each. */
final class FieldChanges {

    private static final int MOST = 25;
    private static final int LONGEST = 120;

    private final boolean secret;
    private final List<String> lines = new ArrayList<>();

    private FieldChanges(boolean secret) {
        this.secret = secret;
    }

    /**
     * @param secret whether values below {@code data} and {@code stringData} are masked
     */
    static List<String> of(JsonNode before, JsonNode after, boolean secret) {
        FieldChanges changes = new FieldChanges(secret);
        changes.compare("", before, after, false);
        List<String> lines = changes.lines;
        if (lines.size() <= MOST) {
            return lines;
        }
        List<String> cut = new ArrayList<>(lines.subList(0, MOST));
        cut.add("and " + (lines.size() - MOST) + " more");
        return cut;
    }

    private void compare(String path, JsonNode before, JsonNode after, boolean masked) {
        if (before.equals(after)) {
            return;
        }
        if (before.isObject() && after.isObject()) {
            Set<String> names = new LinkedHashSet<>();
            before.fieldNames().forEachRemaining(names::add);
            after.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                boolean hides =
                        masked
                                || (secret
                                        && path.isEmpty()
                                        && (name.equals("data") || name.equals("stringData")));
                compare(
                        path.isEmpty() ? name : path + '.' + name,
                        before.path(name),
                        after.path(name),
                        hides);
            }
        } else if (before.isArray() && after.isArray()) {
            for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
                compare(path + '[' + i + ']', before.path(i), after.path(i), masked);
            }
        } else {
            lines.add(path + ": " + show(before, masked) + " -> " + show(after, masked));
        }
    }

    private static String show(JsonNode value, boolean masked) {
        if (value.isMissingNode()) {
            return "nothing";
        }
        if (masked) {
            return "***";
        }
        String text = value.isTextual() ? value.asText() : value.toString();
        String line = text.replace("\n", "\\n");
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "..." : line;
    }
}
