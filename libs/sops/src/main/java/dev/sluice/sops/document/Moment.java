package dev.sluice.sops.document;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * A point in time.
 *
 * @param rfc3339 its text, with as many digits of the second as are needed; the offset is kept
 */
public record Moment(String rfc3339) implements Leaf {
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");
    private static final DateTimeFormatter OFFSET = DateTimeFormatter.ofPattern("XXX");

    /** Reads an RFC 3339 text. */
    public static Optional<Moment> parse(String text) {
        return time(text)
                .map(time ->
                        new Moment(
                                SECONDS.format(time)
                                        + fraction(time.getNano())
                                        + OFFSET.format(time)));
    }

    /**
     * Reads an RFC 3339 text and drops the fraction of the second: the form that SOPS metadata has.
     */
    public static Optional<Moment> parseToSeconds(String text) {
        return time(text).map(time -> new Moment(SECONDS.format(time) + OFFSET.format(time)));
    }

    /** The same without the fraction of the second. */
    public String toSeconds() {
        return parseToSeconds(rfc3339).map(Moment::rfc3339).orElse(rfc3339);
    }

    private static Optional<OffsetDateTime> time(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static String fraction(int nanos) {
        return nanos == 0
                ? ""
                : "." + Integer.toString(1_000_000_000 + nanos).substring(1).replaceAll("0+$", "");
    }

    @Override
    public String toString() {
        return "Moment";
    }
}
