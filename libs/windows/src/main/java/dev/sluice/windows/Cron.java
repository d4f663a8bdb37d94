package dev.sluice.windows;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A schedule in cron's five fields: minute, hour, day of the month, month, day of the week. Where
 * both days are limited, either will do, as in every cron. Local times that a change to summer time
 * leaves out come at the moment of the change; those that come twice count the first time.
 */
final class Cron {

    /** 29 February falls on a given weekday once in 28 years, and 2100 is no leap year. */
    private static final int HORIZON_YEARS = 41;

    private static final Map<String, String> WORDS =
            Map.of(
                    "@hourly", "0 * * * *",
                    "@daily", "0 0 * * *",
                    "@midnight", "0 0 * * *",
                    "@weekly", "0 0 * * 0",
                    "@monthly", "0 0 1 * *",
                    "@yearly", "0 0 1 1 *",
                    "@annually", "0 0 1 1 *");

    private final BitSet minutes;
    private final BitSet hours;
    private final BitSet days;
    private final BitSet months;
    private final BitSet weekdays;
    private final boolean anyDay;
    private final boolean anyWeekday;

    private Cron(List<String> fields) throws InvalidWindowException {
        minutes = CronField.MINUTE.parse(fields.get(0));
        hours = CronField.HOUR.parse(fields.get(1));
        days = CronField.DAY.parse(fields.get(2).replace('?', '*'));
        months = CronField.MONTH.parse(fields.get(3));
        weekdays = CronField.WEEKDAY.parse(fields.get(4).replace('?', '*'));
        anyDay = fields.get(2).startsWith("*") || fields.get(2).startsWith("?");
        anyWeekday = fields.get(4).startsWith("*") || fields.get(4).startsWith("?");
        if (weekdays.get(7)) {
            weekdays.set(0);
        }
    }

    static Cron parse(String text) throws InvalidWindowException {
        String plain = WORDS.getOrDefault(text.strip().toLowerCase(Locale.ROOT), text.strip());
        List<String> fields = List.of(plain.split("\\s+"));
        if (fields.size() != 5) {
            throw new InvalidWindowException(
                    "the schedule '"
                            + text
                            + "' has not five fields: minute, hour, day of the month, month, day of the week");
        }
        return new Cron(fields);
    }

    /** The first time after an instant; empty where there is none within decades. */
    Optional<Instant> next(Instant after, ZoneId zone) {
        LocalDate day = after.atZone(zone).toLocalDate();
        // A change of the offset may carry a time of one day into the next.
        LocalDate last = day.plusYears(HORIZON_YEARS);
        for (LocalDate at = day.minusDays(1); at.isBefore(last); at = at.plusDays(1)) {
            if (!months.get(at.getMonthValue())) {
                at = at.withDayOfMonth(at.lengthOfMonth());
            } else if (matches(at)) {
                Optional<Instant> found = onDay(at, after, zone);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private boolean matches(LocalDate day) {
        boolean ofMonth = days.get(day.getDayOfMonth());
        boolean ofWeek = weekdays.get(day.getDayOfWeek().getValue() % 7);
        boolean both = anyDay || anyWeekday;
        return both ? (ofMonth && ofWeek) : (ofMonth || ofWeek);
    }

    private Optional<Instant> onDay(LocalDate day, Instant after, ZoneId zone) {
        for (int hour = hours.nextSetBit(0); hour >= 0; hour = hours.nextSetBit(hour + 1)) {
            for (int minute = minutes.nextSetBit(0);
                    minute >= 0;
                    minute = minutes.nextSetBit(minute + 1)) {
                Instant at = instant(day.atTime(hour, minute), zone);
                if (at.isAfter(after)) {
                    return Optional.of(at);
                }
            }
        }
        return Optional.empty();
    }

    private static Instant instant(LocalDateTime local, ZoneId zone) {
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
        if (!offsets.isEmpty()) {
            return local.toInstant(offsets.getFirst());
        }
        ZoneOffsetTransition gap = zone.getRules().getTransition(local);
        return gap.getInstant();
    }
}
