package dev.sluice.sops.document;

import java.util.List;

/**
 * Writes INI as gopkg.in/ini.v1 does: equals signs below each other, an empty line between
 * sections.
 */
final class IniWriter {
    private IniWriter() {}

    static String write(List<IniSection> sections) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < sections.size(); i++) {
            IniSection section = sections.get(i);
            comment(section.comment(), text);
            boolean headless = i == 0 && section.name().equals(IniFormat.DEFAULT_SECTION);
            if (headless && section.keys().isEmpty()) {
                continue;
            }
            if (!headless) {
                text.append('[').append(section.name()).append("]\n");
            }
            int width = section.keys().stream().mapToInt(key -> width(key.name())).max().orElse(0);
            for (IniSection.Key key : section.keys()) {
                comment(key.comment(), text);
                String name = quotedName(key.name());
                text.append(name)
                        .repeat(' ', Math.max(0, width - name.length()))
                        .append(" = ")
                        .append(quotedValue(key.value()))
                        .append('\n');
            }
            if (i < sections.size() - 1) {
                text.append('\n');
            }
        }
        return text.toString();
    }

    private static void comment(String comment, StringBuilder text) {
        if (comment.isEmpty()) {
            return;
        }
        for (String line : comment.split("\n", -1)) {
            boolean marked = line.startsWith("#") || line.startsWith(";");
            text.append(marked ? line.charAt(0) : ';')
                    .append(' ')
                    .append((marked ? line.substring(1) : line).strip())
                    .append('\n');
        }
    }

    private static int width(String name) {
        return quotedName(name).length();
    }

    private static String quotedName(String name) {
        if (name.contains("\"") || name.contains("=") || name.contains(":")) {
            return '`' + name + '`';
        }
        return name.contains("`") ? "\"\"\"" + name + "\"\"\"" : name;
    }

    private static String quotedValue(String value) {
        if (value.contains("\n") || value.contains("`")) {
            return "\"\"\"" + value + "\"\"\"";
        }
        if (value.contains("#") || value.contains(";")) {
            return '`' + value + '`';
        }
        return value.strip().length() == value.length() ? value : '"' + value + '"';
    }
}
