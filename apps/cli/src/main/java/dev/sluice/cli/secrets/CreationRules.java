package dev.sluice.cli.secrets;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a {@code .sops.yaml}, by which people encrypt new files: it must name the new
 * recipients too, or the next file is encrypted to the old ones. Edited as text, so that comments
 * and layout stay.
 */
public final class CreationRules {
    private CreationRules() {}

    /**
     * The text with recipients added beside those that it names and others taken out.
     *
     * @param known recipients that the repository's files have; new ones are put behind the first
     *     of them that the text names
     */
    public static String change(
            String text, List<String> known, List<String> add, List<String> remove) {
        String changed = text;
        List<String> missing = add.stream().filter(recipient -> !text.contains(recipient)).toList();
        String anchor = known.stream().filter(text::contains).findFirst().orElse("");
        if (!missing.isEmpty() && !anchor.isEmpty()) {
            changed = insert(changed, anchor, missing);
        }
        for (String recipient : remove) {
            changed = takeOut(changed, recipient);
        }
        return changed;
    }

    private static String insert(String text, String anchor, List<String> added) {
        StringBuilder lines = new StringBuilder();
        Pattern item = Pattern.compile("(\\s*-\\s*)[\"']?" + Pattern.quote(anchor) + "[\"']?\\s*");
        for (String line : text.split("(?<=\n)")) {
            Matcher matcher = item.matcher(line);
            if (matcher.matches()) {
                lines.append(line.endsWith("\n") ? line : line + "\n");
                added.forEach(
                        recipient -> lines.append(matcher.group(1)).append(recipient).append('\n'));
            } else {
                lines.append(line.replace(anchor, anchor + "," + String.join(",", added)));
            }
        }
        return lines.toString();
    }

    private static String takeOut(String text, String recipient) {
        String quoted = Pattern.quote(recipient);
        return text.replaceAll("(?m)^\\s*-\\s*[\"']?" + quoted + "[\"']?\\s*\\n", "")
                .replaceAll(quoted + "\\s*,\\s*", "")
                .replaceAll("\\s*,\\s*" + quoted, "");
    }
}
