package dev.sluice.yaml;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gives scalars their types as Go's two YAML libraries do: neither is YAML 1.1 nor 1.2. Both read
 * {@code 017} and {@code 0o17} as 15, {@code 1_000} as 1000, {@code 08} as the float 8, and leave
 * {@code 12:30} a string.
 */
public enum ScalarResolver {
    /**
     * go-yaml v3: {@code yes}, {@code no}, {@code on}, {@code off}, {@code y} and {@code n} are
     * strings. Manifests, patches and SOPS.
     */
    CORE(false),
    /**
     * go-yaml v2, behind sigs.k8s.io/yaml: those words are booleans. Kustomization files, and the
     * writer's quoting rules.
     */
    YAML11(true);

    private static final Scalar NULL = new Scalar.Null();
    private static final Scalar TRUE = new Scalar.Bool(true);
    private static final Scalar FALSE = new Scalar.Bool(false);
    private static final Scalar INFINITY = new Scalar.Floating(Double.POSITIVE_INFINITY);
    private static final Scalar NEGATIVE_INFINITY = new Scalar.Floating(Double.NEGATIVE_INFINITY);
    private static final Scalar NOT_A_NUMBER = new Scalar.Floating(Double.NaN);

    private static final Map<String, Scalar> WORDS =
            Map.ofEntries(
                    Map.entry("true", TRUE),
                    Map.entry("True", TRUE),
                    Map.entry("TRUE", TRUE),
                    Map.entry("false", FALSE),
                    Map.entry("False", FALSE),
                    Map.entry("FALSE", FALSE),
                    Map.entry("", NULL),
                    Map.entry("~", NULL),
                    Map.entry("null", NULL),
                    Map.entry("Null", NULL),
                    Map.entry("NULL", NULL),
                    Map.entry(".nan", NOT_A_NUMBER),
                    Map.entry(".NaN", NOT_A_NUMBER),
                    Map.entry(".NAN", NOT_A_NUMBER),
                    Map.entry(".inf", INFINITY),
                    Map.entry(".Inf", INFINITY),
                    Map.entry(".INF", INFINITY),
                    Map.entry("+.inf", INFINITY),
                    Map.entry("+.Inf", INFINITY),
                    Map.entry("+.INF", INFINITY),
                    Map.entry("-.inf", NEGATIVE_INFINITY),
                    Map.entry("-.Inf", NEGATIVE_INFINITY),
                    Map.entry("-.INF", NEGATIVE_INFINITY));

    private static final Map<String, Scalar> SWITCH_WORDS =
            Map.ofEntries(
                    Map.entry("y", TRUE),
                    Map.entry("Y", TRUE),
                    Map.entry("yes", TRUE),
                    Map.entry("Yes", TRUE),
                    Map.entry("YES", TRUE),
                    Map.entry("on", TRUE),
                    Map.entry("On", TRUE),
                    Map.entry("ON", TRUE),
                    Map.entry("n", FALSE),
                    Map.entry("N", FALSE),
                    Map.entry("no", FALSE),
                    Map.entry("No", FALSE),
                    Map.entry("NO", FALSE),
                    Map.entry("off", FALSE),
                    Map.entry("Off", FALSE),
                    Map.entry("OFF", FALSE));

    private final boolean switchWords;

    ScalarResolver(boolean switchWords) {
        this.switchWords = switchWords;
    }

    /** The tag of a plain scalar. */
    public String tagOf(String text) {
        return mayBeTyped(text) ? resolvePlain(text).tag() : Tags.STR;
    }

    /** The value of a plain scalar without a tag. */
    public Scalar resolvePlain(String text) {
        if (!mayBeTyped(text)) {
            return new Scalar.Str(text);
        }
        Scalar word = word(text);
        if (word != null) {
            return word;
        }
        char first = text.charAt(0);
        Scalar number = null;
        if (first == '.') {
            number = Numbers.fraction(text);
        } else if (first == '-' || first == '+' || (first >= '0' && first <= '9')) {
            Scalar timestamp = Timestamps.parse(text);
            number = timestamp != null ? timestamp : Numbers.parse(text);
        }
        return number != null ? number : new Scalar.Str(text);
    }

    /**
     * The value of a scalar node as it is after writing and reading again: a tag that says no more
     * than the text is not written, so quotes make a string of a number that got them from the
     * value it replaced.
     *
     * @throws YamlException where the text is no value of the tag's type
     */
    public Scalar resolve(Node node) {
        String tag = node.tag();
        String text = node.value();
        if (tag.equals(Tags.STR)) {
            // The node's own look at its text was that of CORE; YAML 1.1 sees more in a plain word.
            boolean open = switchWords && node.hasImplicitTag() && node.style() == Style.PLAIN;
            return open ? resolvePlain(text) : new Scalar.Str(text);
        }
        if (!node.hasWrittenTag()) {
            Scalar plain = CORE.resolvePlain(text);
            if (plain.tag().equals(tag)) {
                return node.style() == Style.PLAIN ? plain : new Scalar.Str(text);
            }
        }
        if (tag.equals(Tags.BOOL) && !node.hasWrittenTag()) {
            // A reader of YAML 1.1 saw a switch word.
            return YAML11.resolveAs(tag, text, node.line());
        }
        return switch (tag) {
            case Tags.BOOL, Tags.INT, Tags.FLOAT, Tags.NULL, Tags.TIMESTAMP ->
                    resolveAs(tag, text, node.line());
            default -> new Scalar.Str(text, tag);
        };
    }

    private Scalar resolveAs(String tag, String text, int line) {
        Scalar found = resolvePlain(text);
        if (!tag.equals(Tags.TIMESTAMP) && found instanceof Scalar.Timestamp) {
            found = new Scalar.Str(text);
        }
        if (found.tag().equals(tag)) {
            return found;
        }
        if (tag.equals(Tags.FLOAT) && found instanceof Scalar.Int(long value)) {
            return new Scalar.Floating(value);
        }
        throw new YamlException("cannot decode " + found.tag() + " as a " + tag, line);
    }

    private @Nullable Scalar word(String text) {
        if (text.length() > 5) {
            return null;
        }
        Scalar word = WORDS.get(text);
        return word == null && switchWords ? SWITCH_WORDS.get(text) : word;
    }

    /** A cheap look: most texts start with a letter that no typed value starts with. */
    private static boolean mayBeTyped(String text) {
        if (text.isEmpty()) {
            return true;
        }
        char first = text.charAt(0);
        if (first >= '0' && first <= '9') {
            return true;
        }
        return switch (first) {
            case '+', '-', '.' -> true;
            case '~', 'y', 'Y', 'n', 'N', 't', 'T', 'f', 'F', 'o', 'O' -> text.length() <= 5;
            default -> false;
        };
    }
}
