package dev.sluice.kubernetes.schema;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Amounts such as {@code 1500m}, {@code 0.5Gi} or {@code 12e6} in their one canonical form: no
 * fraction, the largest unit that needs none, in the family of units in which they were written;
 * finer than a nano is rounded up.
 */
final class Quantity {

    private static final Pattern FORM =
            Pattern.compile(
                    "([+-]?)(\\d{1,40}(?:\\.\\d{0,40})?|\\.\\d{1,40})([eE][+-]?\\d{1,3}|[numkMGTPE]|[KMGTPE]i)?");
    private static final List<String> DECIMAL =
            List.of("n", "u", "m", "", "k", "M", "G", "T", "P", "E");
    private static final List<String> BINARY = List.of("", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei");
    private static final BigInteger KIBI = BigInteger.valueOf(1024);
    private static final int NANO = -9;
    private static final int EXA = 18;

    private Quantity() {}

    /** The canonical form; empty where the text is no quantity. */
    static Optional<String> canonical(String text) {
        Matcher m = FORM.matcher(text);
        if (!m.matches()) {
            return Optional.empty();
        }
        String suffix = m.group(3) == null ? "" : m.group(3);
        String digits = m.group(2).startsWith(".") ? "0" + m.group(2) : m.group(2);
        BigDecimal number = new BigDecimal(m.group(1) + digits.replaceFirst("\\.$", ""));
        if (suffix.endsWith("i")) {
            int power = BINARY.indexOf(suffix);
            return Optional.of(binary(number.multiply(new BigDecimal(KIBI.pow(power)))));
        }
        if (suffix.length() > 1) {
            int exponent = Integer.parseInt(suffix.substring(1));
            return Optional.of(decimal(number.scaleByPowerOfTen(exponent), true));
        }
        int exponent = 3 * DECIMAL.indexOf(suffix) + NANO;
        return Optional.of(decimal(number.scaleByPowerOfTen(exponent), false));
    }

    private static String binary(BigDecimal value) {
        if (value.abs().compareTo(new BigDecimal(KIBI)) < 0) {
            return decimal(value, false);
        }
        BigInteger whole = value.setScale(0, RoundingMode.UP).toBigIntegerExact();
        int power = 0;
        while (power < BINARY.size() - 1 && whole.mod(KIBI).signum() == 0) {
            whole = whole.divide(KIBI);
            power++;
        }
        return whole + BINARY.get(power);
    }

    private static String decimal(BigDecimal value, boolean asExponent) {
        BigDecimal bounded = value.scale() > -NANO ? value.setScale(-NANO, RoundingMode.UP) : value;
        if (bounded.signum() == 0) {
            return "0";
        }
        BigDecimal plain = bounded.stripTrailingZeros();
        int exponent = Math.floorDiv(-plain.scale(), 3) * 3;
        if (!asExponent) {
            exponent = Math.min(exponent, EXA);
        }
        BigInteger mantissa = plain.scaleByPowerOfTen(-exponent).toBigIntegerExact();
        if (asExponent) {
            return exponent == 0 ? mantissa.toString() : mantissa + "e" + exponent;
        }
        return mantissa + DECIMAL.get((exponent - NANO) / 3);
    }
}
