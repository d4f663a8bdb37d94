package dev.sluice.helm.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A {@code .helmignore}: which files of a folder are no part of the chart. A pattern without a
 * slash is for names, one with a slash for paths; a slash at its end is for folders; an exclamation
 * mark brings back.
 */
public final class IgnoreFile {

    /** Its name. */
    public static final String FILE = ".helmignore";

    private record Rule(Pattern pattern, boolean path, boolean folder, boolean negated) {}

    private final List<Rule> rules = new ArrayList<>();

    public IgnoreFile(String text) {
        for (String raw : text.split("\n", -1)) {
            String line = raw.strip();
            if (!line.isEmpty() && !line.startsWith("#") && !line.contains("**")) {
                add(line);
            }
        }
        // What Helm never takes.
        add("templates/.?*");
    }

    private void add(String line) {
        boolean negated = line.startsWith("!");
        String pattern = negated ? line.substring(1) : line;
        boolean folder = pattern.endsWith("/");
        pattern = folder ? pattern.substring(0, pattern.length() - 1) : pattern;
        boolean path = pattern.contains("/");
        pattern = pattern.startsWith("/") ? pattern.substring(1) : pattern;
        rules.add(new Rule(compiled(pattern), path, folder, negated));
    }

    /** Whether a file is left out, for itself or for a folder that it is in. */
    public boolean ignores(String path) {
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            if (ignores(path.substring(0, slash), true)) {
                return true;
            }
        }
        return ignores(path, false);
    }

    private boolean ignores(String path, boolean folder) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        for (Rule rule : rules) {
            boolean matches =
                    (!rule.folder || folder)
                            && rule.pattern.matcher(rule.path ? path : name).matches();
            if (rule.negated) {
                if (rule.folder && !folder) {
                    return true;
                }
                if (!matches) {
                    return true;
                }
            } else if (matches) {
                return true;
            }
        }
        return false;
    }

    private static Pattern compiled(String glob) {
        StringBuilder expression = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            switch (c) {
                case '*' -> expression.append("[^/]*");
                case '?' -> expression.append("[^/]");
                default -> expression.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(expression.toString());
    }
}
