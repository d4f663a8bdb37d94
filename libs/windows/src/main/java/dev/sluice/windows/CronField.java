package dev.sluice.windows;

import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/**
 * One field of a cron expression.
 *
 * @param name for messages
 * @param least the least value
 * @param greatest the greatest value
 * @param names words for the values from {@code least} on; empty where there are none
 */
record CronField(String name, int least, int greatest, List<String> names) {

    static final CronField MINUTE = new CronField("minute", 0, 59, List.of());
    static final CronField HOUR = new CronField("hour", 0, 23, List.of());
    static final CronField DAY = new CronField("day of the month", 1, 31, List.of());
    static final CronField MONTH =
            new CronField(
                    "month",
                    1,
                    12,
                    List.of(
                            "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT",
                            "NOV", "DEC"));

    /** Sunday is 0 and 7. */
    static final CronField WEEKDAY =
            new CronField(
                    "day of the week",
                    0,
                    7,
                    List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"));

    /** The values that a text such as {@code 1-5,10/15} names. */
    BitSet parse(String text) throws InvalidWindowException {
        BitSet values = new BitSet();
        for (String part : text.split(",", -1)) {
            addPart(part, values);
        }
        return values;
    }

    private void addPart(String part, BitSet values) throws InvalidWindowException {
        int slash = part.indexOf('/');
        String range = slash < 0 ? part : part.substring(0, slash);
        int step = slash < 0 ? 1 : step(part.substring(slash + 1));
        int from;
        int to;
        int dash = range.indexOf('-');
        if (range.equals("*")) {
            from = least;
            to = greatest;
        } else if (dash > 0) {
            from = value(range.substring(0, dash));
            to = value(range.substring(dash + 1));
        } else {
            from = value(range);
            to = slash < 0 ? from : greatest;
        }
        if (from > to) {
            throw wrong(part, "ends before it begins");
        }
        for (int value = from; value <= to; value += step) {
            values.set(value);
        }
    }

    private int step(String text) throws InvalidWindowException {
        int step = number(text);
        if (step < 1) {
            throw wrong(text, "is no step");
        }
        return step;
    }

    private int value(String text) throws InvalidWindowException {
        int word = names.indexOf(text.toUpperCase(Locale.ROOT));
        int value = word >= 0 ? word + least : number(text);
        if (value < least || value > greatest) {
            throw wrong(text, "is not from " + least + " to " + greatest);
        }
        return value;
    }

    private int number(String text) throws InvalidWindowException {
        if (text.isEmpty() || text.length() > 4 || !text.chars().allMatch(Character::isDigit)) {
            throw wrong(text, "is no number" + (names.isEmpty() ? "" : " and no name"));
        }
        return Integer.parseInt(text);
    }

    private InvalidWindowException wrong(String text, String why) {
        return new InvalidWindowException("the " + name + " '" + text + "' " + why);
    }
}
