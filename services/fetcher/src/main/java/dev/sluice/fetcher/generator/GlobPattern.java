package dev.sluice.fetcher.generator;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/**
 * A pattern of paths: {@code *} and {@code ?} within a name, {@code **} over any number of
 * directories, {@code [...]} and {@code {a,b}}. Matching takes time in proportion to the path.
 */
final class GlobPattern {

    private static final String SPECIAL = "*?[{";

    private final String text;
    private final Pattern pattern;

    private GlobPattern(String text, Pattern pattern) {
        this.text = text;
        this.pattern = pattern;
    }

    static GlobPattern of(String text) throws GeneratorException {
        try {
            return new GlobPattern(text, Pattern.compile(expression(text)));
        } catch (PatternSyntaxException e) {
            throw new GeneratorException("'%s' is not a pattern of paths".formatted(text));
        }
    }

    static boolean isGlob(String text) {
        return text.chars().anyMatch(c -> SPECIAL.indexOf(c) >= 0);
    }

    boolean matches(String path) {
        return pattern.matches(path);
    }

    /** The directories before the first name with a special character. */
    String base() {
        int special = 0;
        while (special < text.length() && SPECIAL.indexOf(text.charAt(special)) < 0) {
            special++;
        }
        int slash = text.lastIndexOf('/', special);
        return slash < 0 ? "" : text.substring(0, slash);
    }

    private static String expression(String glob) {
        StringBuilder out = new StringBuilder();
        int braces = 0;
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            switch (c) {
                case '*' -> {
                    boolean two = glob.startsWith("**", i);
                    boolean directories = glob.startsWith("**/", i);
                    out.append(directories ? "(?:.*/)?" : two ? ".*" : "[^/]*");
                    i += directories ? 2 : two ? 1 : 0;
                }
                case '?' -> out.append("[^/]");
                case '[' -> {
                    int end = glob.indexOf(']', i + 2);
                    if (end < 0) {
                        out.append("\\[");
                    } else {
                        String inside = glob.substring(i + 1, end);
                        boolean not = inside.startsWith("!") || inside.startsWith("^");
                        String set = (not ? inside.substring(1) : inside).replace("\\", "\\\\");
                        out.append(not ? "[^" : "[").append(set).append(']');
                        i = end;
                    }
                }
                case '{' -> {
                    out.append("(?:");
                    braces++;
                }
                case '}' -> {
                    out.append(braces > 0 ? ")" : "\\}");
                    braces = Math.max(0, braces - 1);
                }
                case ',' -> out.append(braces > 0 ? "|" : ",");
                default -> out.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return out.toString();
    }
}
