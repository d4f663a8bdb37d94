package dev.sluice.yaml;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Numbers as Go's strconv and go-yaml read them. */
final class Numbers {
    private static final Pattern DECIMAL =
            Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");

    private Numbers() {}

    /** A text that starts with a point; null where it is no number. */
    static @Nullable Scalar fraction(String text) {
        return decimal(text);
    }

    /** A text that starts with a digit or a sign; null where it is no number. */
    static @Nullable Scalar parse(String text) {
        String digits = text.indexOf('_') < 0 ? text : text.replace("_", "");
        if (digits.isEmpty()) {
            return null;
        }
        boolean signed = digits.charAt(0) == '-' || digits.charAt(0) == '+';
        boolean negative = digits.charAt(0) == '-';
        int start = signed ? 1 : 0;
        int radix = radix(digits, start);
        int first = start + prefixLength(digits, start, radix);
        Scalar integer = integer(digits, first, radix, negative, signed);
        if (integer != null) {
            return integer;
        }
        Scalar decimal = decimal(digits);
        return decimal != null ? decimal : signedAfterPrefix(digits);
    }

    private static int radix(String text, int start) {
        if (start + 1 >= text.length() || text.charAt(start) != '0') {
            return 10;
        }
        return switch (text.charAt(start + 1)) {
            case 'x', 'X' -> 16;
            case 'o', 'O' -> 8;
            case 'b', 'B' -> 2;
            case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> 8;
            default -> 10;
        };
    }

    private static int prefixLength(String text, int start, int radix) {
        if (radix == 10) {
            return 0;
        }
        char second = text.charAt(start + 1);
        return second >= '0' && second <= '9' ? 1 : 2;
    }

    private static @Nullable Scalar integer(
            String text, int first, int radix, boolean negative, boolean signed) {
        if (first >= text.length()) {
            return null;
        }
        long value = 0;
        for (int i = first; i < text.length(); i++) {
            char c = text.charAt(i);
            int digit = c < 128 ? Character.digit(c, radix) : -1;
            if (digit < 0
                    || Long.compareUnsigned(value, Long.divideUnsigned(-1L - digit, radix)) > 0) {
                return null;
            }
            value = value * radix + digit;
        }
        if (value >= 0) {
            return new Scalar.Int(negative ? -value : value);
        }
        if (negative && value == Long.MIN_VALUE) {
            return new Scalar.Int(value);
        }
        return signed ? null : new Scalar.Uint(value);
    }

    private static @Nullable Scalar decimal(String text) {
        if (!DECIMAL.matcher(text).matches()) {
            return null;
        }
        double value = Double.parseDouble(text);
        return Double.isInfinite(value) ? null : new Scalar.Floating(value);
    }

    /**
     * {@code 0b-1} and {@code 0o-7}: a sign behind the prefix is taken by the library's second
     * look.
     */
    private static @Nullable Scalar signedAfterPrefix(String text) {
        boolean binary = text.startsWith("0b");
        if (text.length() < 4 || !(binary || text.startsWith("0o"))) {
            return null;
        }
        char sign = text.charAt(2);
        return sign == '-' || sign == '+'
                ? integer(text, 3, binary ? 2 : 8, sign == '-', true)
                : null;
    }
}
