package dev.sluice.yaml;

import java.math.BigDecimal;

/**
 * Floating point numbers as Go prints them: the shortest digits that read back as the same number.
 */
public final class GoNumbers {
    private GoNumbers() {}

    /**
     * As encoding/json: plain digits from 1e-6 up to 1e21, {@code 1e+21} and {@code 1e-7} beyond.
     * The number must be finite.
     */
    public static String json(double value) {
        if (value == 0) {
            return isNegativeZero(value) ? "-0" : "0";
        }
        double size = Math.abs(value);
        if (size >= 1e-6 && size < 1e21) {
            return plain(value);
        }
        String text = exponent(value);
        int length = text.length();
        boolean paddedNegative =
                text.charAt(length - 4) == 'e'
                        && text.charAt(length - 3) == '-'
                        && text.charAt(length - 2) == '0';
        return paddedNegative ? text.substring(0, length - 2) + text.charAt(length - 1) : text;
    }

    /**
     * As strconv's format {@code g} with the shortest precision: {@code 1e+06} from a million up,
     * {@code 1e-05} below 0.0001.
     */
    public static String general(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        if (value == 0) {
            return isNegativeZero(value) ? "-0" : "0";
        }
        BigDecimal digits = shortest(value);
        int magnitude = digits.precision() - digits.scale() - 1;
        boolean wide = magnitude < -4 || magnitude >= 6;
        return wide ? exponent(value) : plain(value);
    }

    private static boolean isNegativeZero(double value) {
        return Double.doubleToRawLongBits(value) != 0;
    }

    private static BigDecimal shortest(double value) {
        return new BigDecimal(Double.toString(value)).stripTrailingZeros();
    }

    private static String plain(double value) {
        return shortest(value).toPlainString();
    }

    private static String exponent(double value) {
        BigDecimal digits = shortest(value);
        String all = digits.unscaledValue().abs().toString();
        int magnitude = digits.precision() - digits.scale() - 1;
        StringBuilder text = new StringBuilder();
        if (value < 0) {
            text.append('-');
        }
        text.append(all.charAt(0));
        if (all.length() > 1) {
            text.append('.').append(all, 1, all.length());
        }
        text.append('e').append(magnitude < 0 ? '-' : '+');
        if (Math.abs(magnitude) < 10) {
            text.append('0');
        }
        return text.append(Math.abs(magnitude)).toString();
    }
}
