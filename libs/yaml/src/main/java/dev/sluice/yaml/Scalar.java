package dev.sluice.yaml;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;

/** What a scalar's text means: its value in the type that Go's library gives it. */
public sealed interface Scalar {
    /** The short form of the type's tag. */
    String tag();

    /** {@code null}, {@code ~} or nothing. */
    record Null() implements Scalar {
        @Override
        public String tag() {
            return Tags.NULL;
        }
    }

    record Bool(boolean value) implements Scalar {
        @Override
        public String tag() {
            return Tags.BOOL;
        }
    }

    /** A signed 64-bit integer. */
    record Int(long value) implements Scalar {
        @Override
        public String tag() {
            return Tags.INT;
        }
    }

    /**
     * An integer above the signed range and within 64 bits.
     *
     * @param bits the unsigned value's bits, to be read with {@link Long#toUnsignedString(long)}
     */
    record Uint(long bits) implements Scalar {
        @Override
        public String tag() {
            return Tags.INT;
        }
    }

    record Floating(double value) implements Scalar {
        @Override
        public String tag() {
            return Tags.FLOAT;
        }
    }

    /** A string, or a value with a tag that nobody knows: then its text. */
    record Str(String value, String tag) implements Scalar {
        public Str(String value) {
            this(value, Tags.STR);
        }

        /** The tag, never the value: it may be a secret. */
        @Override
        public String toString() {
            return "Str[" + tag + "]";
        }
    }

    /**
     * A date or a time.
     *
     * @param local what the clock shows
     * @param offsetSeconds east of UTC; 0 also where the text names no zone
     */
    record Timestamp(LocalDateTime local, int offsetSeconds) implements Scalar {
        private static final DateTimeFormatter SECONDS =
                DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");

        @Override
        public String tag() {
            return Tags.TIMESTAMP;
        }

        /** RFC 3339 with as many digits of the second as are needed, as Go writes it. */
        public String rfc3339() {
            StringBuilder text = new StringBuilder(SECONDS.format(local));
            int nanos = local.get(ChronoField.NANO_OF_SECOND);
            if (nanos != 0) {
                String digits = Integer.toString(1_000_000_000 + nanos).substring(1);
                int end = digits.length();
                while (digits.charAt(end - 1) == '0') {
                    end--;
                }
                text.append('.').append(digits, 0, end);
            }
            if (offsetSeconds == 0) {
                return text.append('Z').toString();
            }
            int minutes = Math.abs(offsetSeconds) / 60;
            text.append(offsetSeconds < 0 ? '-' : '+');
            return text.append("%02d:%02d".formatted(minutes / 60, minutes % 60)).toString();
        }
    }
}
