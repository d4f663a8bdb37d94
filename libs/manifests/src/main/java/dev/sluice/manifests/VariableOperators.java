package dev.sluice.manifests;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What the operators of variable expressions do with a value. Lengths and positions count bytes of
 * UTF-8, as Flux counts them.
 */
final class VariableOperators {

    private VariableOperators() {}

    static String apply(String operator, String name, String value, String[] arguments)
            throws SubstitutionException {
        return switch (operator) {
            case "length" -> Integer.toString(value.getBytes(StandardCharsets.UTF_8).length);
            case "," -> first(value, Character::toLowerCase);
            case ",," -> all(value, Character::toLowerCase);
            case "^" -> first(value, Character::toUpperCase);
            case "^^" -> all(value, Character::toUpperCase);
            case "#" -> withoutPrefix(value, arguments[0], false);
            case "##" -> withoutPrefix(value, arguments[0], true);
            case "%" -> withoutSuffix(value, arguments[0], false);
            case "%%" -> withoutSuffix(value, arguments[0], true);
            case ":" -> substring(name, value, arguments);
            case "/" -> replaceFirst(value, arguments[0], second(arguments));
            case "//" -> replaceAll(value, arguments[0], second(arguments));
            case "/#" -> replaceStart(value, arguments);
            case "/%" -> replaceEnd(value, arguments);
            default -> value.isEmpty() ? String.join("", arguments) : value;
        };
    }

    private static String second(String[] arguments) {
        return arguments.length > 1 ? arguments[1] : "";
    }

    private static String first(String value, IntUnaryOperator change) {
        if (value.isEmpty()) {
            return value;
        }
        int first = value.codePointAt(0);
        return Character.toString(change.applyAsInt(first))
                + value.substring(Character.charCount(first));
    }

    /** Character by character: one letter never becomes two. */
    private static String all(String value, IntUnaryOperator change) {
        int[] changed = value.codePoints().map(change).toArray();
        return new String(changed, 0, changed.length);
    }

    private static String withoutPrefix(String value, String pattern, boolean longest) {
        @Nullable Glob glob = Glob.parse(pattern);
        if (glob == null) {
            return value;
        }
        int[] text = value.codePoints().toArray();
        int cut = longest ? glob.longestPrefix(text) : glob.shortestPrefix(text);
        return new String(text, cut, text.length - cut);
    }

    /** Both are turned round, as Flux does it: a class of characters has no meaning here. */
    private static String withoutSuffix(String value, String pattern, boolean longest) {
        String cut = withoutPrefix(reverse(value), reverse(pattern), longest);
        return reverse(cut);
    }

    private static String reverse(String text) {
        return new StringBuilder(text).reverse().toString();
    }

    private static String substring(String name, String value, String[] arguments)
            throws SubstitutionException {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        @Nullable Integer start = number(arguments[0]);
        @Nullable Integer length =
                arguments.length > 1 ? number(arguments[1]) : Integer.valueOf(bytes.length);
        if (start == null || length == null) {
            return value;
        }
        int from = start < 0 ? Math.max(0, bytes.length + start) : Math.min(start, bytes.length);
        int to =
                length < 0
                        ? bytes.length + length
                        : (int) Math.min(bytes.length, (long) from + length);
        if (to <= from) {
            return "";
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, from, to - from))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new SubstitutionException(
                    "a substring of variable \"" + name + "\" cuts a character in two");
        }
    }

    private static @Nullable Integer number(String text) {
        try {
            return Integer.valueOf(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static String replaceFirst(String value, String old, String fresh) {
        int at = value.indexOf(old);
        return at < 0 ? value : value.substring(0, at) + fresh + value.substring(at + old.length());
    }

    private static String replaceAll(String value, String old, String fresh) {
        return value.replace(old, fresh);
    }

    private static String replaceStart(String value, String[] arguments) {
        return arguments.length == 2 && value.startsWith(arguments[0])
                ? arguments[1] + value.substring(arguments[0].length())
                : value;
    }

    private static String replaceEnd(String value, String[] arguments) {
        return arguments.length == 2 && value.endsWith(arguments[0])
                ? value.substring(0, value.length() - arguments[0].length()) + arguments[1]
                : value;
    }
}
