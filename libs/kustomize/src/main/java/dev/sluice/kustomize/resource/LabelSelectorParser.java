package dev.sluice.kustomize.resource;

import dev.sluice.kustomize.api.BuildException;
import dev.sluice.kustomize.resource.LabelSelector.Operator;
import dev.sluice.kustomize.resource.LabelSelector.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parses a label query by the grammar of the Kubernetes API machinery, with its messages. */
final class LabelSelectorParser {

    private static final Pattern NAME = Pattern.compile("([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]");
    private static final Pattern SUBDOMAIN =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
    private static final String SYMBOLS = "=!(),><";
    private static final Set<String> OPERATORS =
            Set.of(")", ",", "!", "==", "=", ">", "<", "!=", "(");

    private final String text;
    private final List<String> tokens = new ArrayList<>();
    private int position;

    LabelSelectorParser(String text) {
        this.text = text;
    }

    List<Requirement> parse() throws BuildException {
        scan();
        List<Requirement> requirements = new ArrayList<>();
        while (true) {
            String token = peek();
            if (token.isEmpty()) {
                return requirements;
            }
            if (!isIdentifier(token) && !token.equals("!")) {
                throw expected(token, ": !, identifier, or 'end of string'");
            }
            try {
                requirements.add(requirement());
            } catch (BuildException e) {
                throw new BuildException("unable to parse requirement: " + e.getMessage(), e);
            }
            String end = next();
            if (end.isEmpty()) {
                return requirements;
            }
            if (!end.equals(",")) {
                throw expected(end, ": ',' or 'end of string'");
            }
            if (!isIdentifier(peek()) && !peek().equals("!")) {
                throw expected(peek(), ": identifier after ','");
            }
        }
    }

    private Requirement requirement() throws BuildException {
        String key = next();
        boolean missing = key.equals("!");
        if (missing) {
            key = next();
        }
        if (!isIdentifier(key)) {
            throw expected(key, ": identifier");
        }
        checkKey(key);
        if (peek().isEmpty() || peek().equals(",")) {
            return new Requirement(key, missing ? Operator.MISSING : Operator.EXISTS, Set.of());
        }
        if (missing) {
            return new Requirement(key, Operator.MISSING, Set.of());
        }
        return comparison(key, next());
    }

    private Requirement comparison(String key, String operator) throws BuildException {
        Requirement requirement =
                switch (operator) {
                    case "in" -> new Requirement(key, Operator.IN, list());
                    case "notin" -> new Requirement(key, Operator.NOT_IN, list());
                    case "=", "==" -> new Requirement(key, Operator.IN, exact());
                    case "!=" -> new Requirement(key, Operator.NOT_IN, exact());
                    case ">" -> new Requirement(key, Operator.GREATER, exact());
                    case "<" -> new Requirement(key, Operator.LESS, exact());
                    default -> throw expected(operator, ": '=', '!=', '==', 'in', notin'");
                };
        boolean ordered =
                requirement.operator() == Operator.GREATER
                        || requirement.operator() == Operator.LESS;
        for (String value : requirement.values()) {
            if (ordered && integer(value) == null) {
                throw new BuildException("for 'Gt', 'Lt' operators, the value must be an integer");
            }
            if (value.length() > 63 || !(value.isEmpty() || NAME.matcher(value).matches())) {
                throw new BuildException(
                        "invalid label value: \"" + value + "\": at key: \"" + key + "\"");
            }
        }
        return requirement;
    }

    private Set<String> exact() throws BuildException {
        if (peek().isEmpty() || peek().equals(",")) {
            return Set.of("");
        }
        String value = next();
        if (!isIdentifier(value)) {
            throw expected(value, ": identifier");
        }
        return Set.of(value);
    }

    private Set<String> list() throws BuildException {
        String open = next();
        if (!open.equals("(")) {
            throw new BuildException("found '" + open + "' expected: '('");
        }
        Set<String> values = new TreeSet<>();
        boolean valueWanted = true;
        while (true) {
            String token = next();
            if (token.equals(")")) {
                if (valueWanted) {
                    values.add("");
                }
                return values;
            }
            if (token.equals(",")) {
                if (valueWanted) {
                    values.add("");
                }
                valueWanted = true;
            } else if (isIdentifier(token) && valueWanted) {
                values.add(token);
                valueWanted = false;
            } else {
                throw expected(token, valueWanted ? ": ',', or identifier" : ": ',' or ')'");
            }
        }
    }

    private void scan() throws BuildException {
        int at = 0;
        while (at < text.length()) {
            char character = text.charAt(at);
            if (isSpace(character)) {
                at++;
            } else if (SYMBOLS.indexOf(character) >= 0) {
                String two = text.substring(at, Math.min(at + 2, text.length()));
                String symbol = OPERATORS.contains(two) ? two : text.substring(at, at + 1);
                tokens.add(symbol);
                at += symbol.length();
            } else {
                int end = at;
                while (end < text.length()
                        && !isSpace(text.charAt(end))
                        && SYMBOLS.indexOf(text.charAt(end)) < 0) {
                    end++;
                }
                tokens.add(text.substring(at, end));
                at = end;
            }
        }
    }

    private String peek() {
        return position < tokens.size() ? tokens.get(position) : "";
    }

    private String next() {
        String token = peek();
        position++;
        return token;
    }

    private static boolean isIdentifier(String token) {
        return !token.isEmpty() && SYMBOLS.indexOf(token.charAt(0)) < 0;
    }

    private static boolean isSpace(char character) {
        return character == ' ' || character == '\t' || character == '\r' || character == '\n';
    }

    private static void checkKey(String key) throws BuildException {
        int slash = key.indexOf('/');
        String name = key.substring(slash + 1);
        String prefix = slash < 0 ? null : key.substring(0, slash);
        boolean goodPrefix =
                prefix == null || (prefix.length() <= 253 && SUBDOMAIN.matcher(prefix).matches());
        if (!goodPrefix || name.length() > 63 || !NAME.matcher(name).matches()) {
            throw new BuildException("invalid label key \"" + key + "\"");
        }
    }

    static @Nullable Long integer(String text) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static BuildException expected(String found, String what) {
        return new BuildException("found '" + found + "', expected" + what);
    }
}
