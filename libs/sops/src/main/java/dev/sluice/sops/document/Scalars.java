package dev.sluice.sops.document;

import java.math.BigDecimal;

/** The texts of numbers as Go writes them. */
public final class Scalars {
    private Scalars() {}

    /**
     * The shortest decimal that reads as the same number, never with an exponent: {@code 1}, {@code
     * 0.0000001}, {@code +Inf}, {@code -0}.
     */
    public static String plain(double number) {
        if (Double.isNaN(number)) {
            return "NaN";
        }
        if (Double.isInfinite(number)) {
            return number > 0 ? "+Inf" : "-Inf";
        }
        if (number == 0) {
            return 1 / number < 0 ? "-0" : "0";
        }
        String text = new BigDecimal(Double.toString(number)).toPlainString();
        return text.contains(".") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
    }

    /**
     * The shortest text, with an exponent where it is below {@code lowest} or at least {@code
     * highest}: Go's {@code %e} form with two digits of exponent at least.
     *
     * @param letter {@code e} or {@code E}
     */
    public static String shortest(double number, int lowest, int highest, char letter) {
        if (number == 0 || Double.isNaN(number) || Double.isInfinite(number)) {
            return plain(number);
        }
        BigDecimal decimal = new BigDecimal(Double.toString(number)).stripTrailingZeros();
        int exponent = decimal.precision() - decimal.scale() - 1;
        if (exponent >= lowest && exponent < highest) {
            return plain(number);
        }
        String digits = decimal.unscaledValue().abs().toString();
        String mantissa =
                digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
        String power = Integer.toString(Math.abs(exponent));
        return (number < 0 ? "-" : "")
                + mantissa
                + letter
                + (exponent < 0 ? '-' : '+')
                + (power.length() < 2 ? "0" + power : power);
    }
}
