package dev.sluice.fluxapi;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;

/**
 * A duration as Go writes it: {@code 10m0s}, {@code 1.5s}, {@code 250ms}. Parses and prints exactly
 * as Go's {@code time.Duration} does, so that a status or message reads as Flux's own.
 *
 * @param nanos the length in nanoseconds, up to about 292 years
 */
public record GoDuration(long nanos) implements Comparable<GoDuration> {

    public static final GoDuration ZERO = new GoDuration(0);

    private static final long MICRO = 1_000;
    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000_000_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;

    public static GoDuration of(Duration duration) {
        return new GoDuration(duration.toNanos());
    }

    public static GoDuration ofSeconds(long seconds) {
        return of(Duration.ofSeconds(seconds));
    }

    /**
     * Reads for example {@code 1h15m30.918s}, {@code -1.5h}, {@code .5s}, {@code 0}.
     *
     * @throws IllegalArgumentException if Go would refuse the text too; the message is Go's
     */
    @JsonCreator
    public static GoDuration parse(String text) {
        return new GoDuration(new Reader(text).read());
    }

    public Duration toDuration() {
        return Duration.ofNanos(nanos);
    }

    @Override
    public int compareTo(GoDuration other) {
        return Long.compare(nanos, other.nanos);
    }

    /**
     * Below one second in the largest fitting unit, from there on in hours, minutes and seconds.
     */
    @Override
    @JsonValue
    public String toString() {
        if (nanos == 0) {
            return "0s";
        }
        // The magnitude of Long.MIN_VALUE only fits an unsigned long.
        long magnitude = Math.abs(nanos);
        var text = new StringBuilder(nanos < 0 ? "-" : "");
        if (Long.compareUnsigned(magnitude, SECOND) < 0) {
            return belowOneSecond(text, magnitude);
        }
        long hours = Long.divideUnsigned(magnitude, HOUR);
        long rest = Long.remainderUnsigned(magnitude, HOUR);
        if (hours > 0) {
            text.append(hours).append('h');
        }
        if (hours > 0 || rest >= MINUTE) {
            text.append(rest / MINUTE).append('m');
        }
        return decimal(text, rest % MINUTE, SECOND).append('s').toString();
    }

    private static String belowOneSecond(StringBuilder text, long magnitude) {
        if (magnitude < MICRO) {
            return text.append(magnitude).append("ns").toString();
        }
        return magnitude < MILLI
                ? decimal(text, magnitude, MICRO).append("µs").toString()
                : decimal(text, magnitude, MILLI).append("ms").toString();
    }

    /** Appends {@code value / unit} with as many decimals as it needs. */
    private static StringBuilder decimal(StringBuilder text, long value, long unit) {
        text.append(value / unit);
        long rest = value % unit;
        if (rest != 0) {
            text.append('.');
            for (long digit = unit / 10; rest != 0; digit /= 10) {
                text.append(rest / digit);
                rest %= digit;
            }
        }
        return text;
    }

    /** One pass over the text; counts in negative numbers, whose range is larger by one. */
    private static final class Reader {

        private final String text;
        private int at;

        Reader(String text) {
            this.text = text;
        }

        long read() {
            boolean negative = at("-");
            if (negative || at("+")) {
                at++;
            }
            if (text.substring(at).equals("0")) {
                return 0;
            }
            if (at == text.length()) {
                throw invalid("invalid duration");
            }
            long total = 0;
            try {
                while (at < text.length()) {
                    total = Math.addExact(total, readPart());
                }
                return negative ? total : Math.negateExact(total);
            } catch (ArithmeticException tooLarge) {
                throw invalid("invalid duration");
            }
        }

        private long readPart() {
            int start = at;
            String whole = digits();
            String fraction = "";
            if (at(".")) {
                at++;
                fraction = digits();
            }
            if (whole.isEmpty() && fraction.isEmpty()) {
                at = start;
                throw invalid("invalid duration");
            }
            long unit = unit();
            return Math.subtractExact(
                    Math.multiplyExact(negated(whole), unit), fractionOf(unit, fraction));
        }

        private long negated(String whole) {
            if (whole.isEmpty()) {
                return 0;
            }
            try {
                return Long.parseLong("-" + whole);
            } catch (NumberFormatException tooLarge) {
                throw invalid("invalid duration");
            }
        }

        /** As Go does: digits that no longer fit are ignored, and the product is cut off. */
        private static long fractionOf(long unit, String digits) {
            long value = 0;
            double scale = 1;
            for (int i = 0; i < digits.length() && value <= (Long.MAX_VALUE - 9) / 10; i++) {
                value = value * 10 + (digits.charAt(i) - '0');
                scale *= 10;
            }
            return (long) (value * (unit / scale));
        }

        private String digits() {
            int start = at;
            while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
                at++;
            }
            return text.substring(start, at);
        }

        private long unit() {
            int start = at;
            while (at < text.length() && text.charAt(at) != '.' && !isDigit(text.charAt(at))) {
                at++;
            }
            String unit = text.substring(start, at);
            return switch (unit) {
                case "ns" -> 1;
                // The micro sign and the Greek letter are both in use.
                case "us", "\u00b5s", "\u03bcs" -> MICRO;
                case "ms" -> MILLI;
                case "s" -> SECOND;
                case "m" -> MINUTE;
                case "h" -> HOUR;
                case "" -> throw invalid("missing unit in duration");
                default -> throw invalid("unknown unit \"" + unit + "\" in duration");
            };
        }

        private static boolean isDigit(char c) {
            return c >= '0' && c <= '9';
        }

        private boolean at(String prefix) {
            return text.startsWith(prefix, at);
        }

        private IllegalArgumentException invalid(String what) {
            return new IllegalArgumentException("time: " + what + " \"" + text + "\"");
        }
    }
}
