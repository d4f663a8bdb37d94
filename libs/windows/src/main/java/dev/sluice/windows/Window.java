package dev.sluice.windows;

import dev.sluice.fluxapi.GoDuration;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Opens by a schedule and stays open for a while. The duration is time that passes: a window of
 * four hours over a change of the clocks is open for four hours.
 */
final class Window {

    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(7);

    /** More are a schedule that should be written otherwise. */
    private static final int MOST = 16;

    private static final String FORM =
            "write it as MINUTE HOUR DAY MONTH WEEKDAY DURATION ZONE, for example '0 22 * * SAT 4h Europe/Berlin', several with ';' between";

    private final Cron schedule;
    private final Duration duration;
    private final ZoneId zone;

    private Window(Cron schedule, Duration duration, ZoneId zone) {
        this.schedule = schedule;
        this.duration = duration;
        this.zone = zone;
    }

    static Window of(String schedule, String duration, String zone) throws InvalidWindowException {
        Duration length = duration(duration);
        try {
            return new Window(Cron.parse(schedule), length, ZoneId.of(zone));
        } catch (DateTimeException e) {
            throw new InvalidWindowException("the time zone '" + zone + "' is not known");
        }
    }

    /**
     * Windows in a line, as an annotation holds them: {@code 0 22 * * SAT 4h Europe/Berlin; 0 12 *
     * * SUN 1h}. Without a zone it is UTC.
     */
    static List<Window> parse(String text) throws InvalidWindowException {
        List<Window> windows = new ArrayList<>();
        for (String part : text.strip().split(";", MOST + 1)) {
            if (windows.size() == MOST) {
                throw new InvalidWindowException("there are more than " + MOST + " windows");
            }
            windows.add(one(part.strip()));
        }
        return windows;
    }

    private static Window one(String text) throws InvalidWindowException {
        List<String> words = Arrays.asList(text.split("\\s+"));
        int fields = text.startsWith("@") ? 1 : 5;
        if (words.size() <= fields || words.size() > fields + 2) {
            throw new InvalidWindowException("'" + text + "' is no window: " + FORM);
        }
        return of(
                String.join(" ", words.subList(0, fields)),
                words.get(fields),
                words.size() > fields + 1 ? words.get(fields + 1) : "UTC");
    }

    private static Duration duration(String text) throws InvalidWindowException {
        Duration duration;
        try {
            duration = GoDuration.parse(text).toDuration();
        } catch (IllegalArgumentException e) {
            throw new InvalidWindowException(
                    "the duration '" + text + "' cannot be read: write for example 4h or 90m");
        }
        if (duration.compareTo(SHORTEST) < 0 || duration.compareTo(LONGEST) > 0) {
            throw new InvalidWindowException("the duration '" + text + "' is not from 1m to 168h");
        }
        return duration;
    }

    ZoneId zone() {
        return zone;
    }

    /** Open where an opening lies less than the duration back. */
    boolean isOpen(Instant now) {
        return schedule.next(now.minus(duration), zone).filter(at -> !at.isAfter(now)).isPresent();
    }

    /** The next opening after the instant. */
    Optional<Instant> nextOpening(Instant after) {
        return schedule.next(after, zone);
    }
}
