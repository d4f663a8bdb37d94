package dev.sluice.yaml;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/**
 * The four forms of a timestamp that go-yaml takes: a date; a date, {@code T} or {@code t}, a time
 * and a zone; a date, a space and a time without a zone. Months, days, hours, minutes and seconds
 * may have one digit.
 */
final class Timestamps {
    private final String text;
    private int at;
    private boolean bad;

    private Timestamps(String text) {
        this.text = text;
    }

    /** Null where the text is no timestamp. */
    static Scalar.@Nullable Timestamp parse(String text) {
        if (text.length() < 8 || text.charAt(4) != '-') {
            return null;
        }
        for (int i = 0; i < 4; i++) {
            if (!isDigit(text.charAt(i))) {
                return null;
            }
        }
        return new Timestamps(text).read();
    }

    private Scalar.@Nullable Timestamp read() {
        int year = Integer.parseInt(text, 0, 4, 10);
        at = 4;
        expect('-');
        int month = number();
        expect('-');
        int day = number();
        try {
            if (bad || at == text.length()) {
                return bad
                        ? null
                        : new Scalar.Timestamp(LocalDateTime.of(year, month, day, 0, 0), 0);
            }
            char separator = text.charAt(at++);
            if (separator != 'T' && separator != 't' && separator != ' ') {
                return null;
            }
            int hour = number();
            expect(':');
            int minute = number();
            expect(':');
            int second = number();
            int nanos = nanos();
            int offset = separator == ' ' ? 0 : zone();
            if (bad || at != text.length()) {
                return null;
            }
            return new Scalar.Timestamp(
                    LocalDateTime.of(year, month, day, hour, minute, second, nanos), offset);
        } catch (DateTimeException _) {
            return null;
        }
    }

    private void expect(char wanted) {
        if (!bad && at < text.length() && text.charAt(at) == wanted) {
            at++;
        } else {
            bad = true;
        }
    }

    /** One or two digits. */
    private int number() {
        if (bad || at >= text.length() || !isDigit(text.charAt(at))) {
            bad = true;
            return 0;
        }
        int value = text.charAt(at++) - '0';
        if (at < text.length() && isDigit(text.charAt(at))) {
            value = value * 10 + text.charAt(at++) - '0';
        }
        return value;
    }

    /** A point or comma and any number of digits, of which nine count. */
    private int nanos() {
        if (bad
                || at + 1 >= text.length()
                || (text.charAt(at) != '.' && text.charAt(at) != ',')
                || !isDigit(text.charAt(at + 1))) {
            return 0;
        }
        at++;
        int value = 0;
        int digits = 0;
        while (at < text.length() && isDigit(text.charAt(at))) {
            if (digits < 9) {
                value = value * 10 + text.charAt(at) - '0';
                digits++;
            }
            at++;
        }
        for (; digits < 9; digits++) {
            value *= 10;
        }
        return value;
    }

    private int zone() {
        if (bad || at >= text.length()) {
            bad = true;
            return 0;
        }
        char sign = text.charAt(at++);
        if (sign == 'Z') {
            return 0;
        }
        if ((sign != '+' && sign != '-') || at + 5 != text.length()) {
            bad = true;
            return 0;
        }
        int hours = number();
        expect(':');
        int minutes = number();
        if (hours > 24 || minutes > 60) {
            bad = true;
        }
        int seconds = (hours * 60 + minutes) * 60;
        return sign == '-' ? -seconds : seconds;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
