package dev.sluice.cli.audit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A moment as people write it. */
public final class Moment {

    private static final Pattern AGO = Pattern.compile("([0-9]{1,6})([smhdw])");

    private Moment() {}

    /**
     * Reads {@code now}, {@code 15m} (so long ago), {@code 2026-11-23T14:05:00Z}, the same without
     * a zone (UTC), or a day (its first moment).
     *
     * @throws IllegalArgumentException where it is none of them
     */
    public static Instant parse(String text, Clock clock) {
        String moment = text.strip();
        if (moment.equals("now")) {
            return clock.instant();
        }
        Matcher ago = AGO.matcher(moment);
        if (ago.matches()) {
            long count = Long.parseLong(ago.group(1));
            return clock.instant()
                    .minus(
                            switch (ago.group(2)) {
                                case "s" -> Duration.ofSeconds(count);
                                case "m" -> Duration.ofMinutes(count);
                                case "h" -> Duration.ofHours(count);
                                case "d" -> Duration.ofDays(count);
                                default -> Duration.ofDays(7 * count);
                            });
        }
        try {
            if (moment.length() == 10) {
                return LocalDate.parse(moment).atStartOfDay(ZoneOffset.UTC).toInstant();
            }
            String iso = moment.replace(' ', 'T');
            return iso.matches(".*(Z|[+-][0-9]{2}:?[0-9]{2})$")
                    ? OffsetDateTime.parse(iso).toInstant()
                    : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "'"
                            + text
                            + "' is no time: write 2026-11-23T14:05:00Z, a day, 15m (ago) or now");
        }
    }
}
