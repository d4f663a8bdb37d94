package dev.sluice.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The place of a record among those that one run of a service wrote to one partition, as its header
 * {@value Seal#CHAIN} says it: {@code
 * run=4f..;part=2;n=17;prev=4f../16/<event>/<digest>;seen=0:12}.
 *
 * @param run which run of which service; made up at its start
 * @param partition that the writer chose
 * @param number from 1, without a gap
 * @param previous the record before it; null for the first that the service ever wrote here
 * @param lost numbers before this one that the broker did not take
 * @param seen by other partition of the topic, the number up to which the broker had taken all
 */
record Link(
        String run,
        int partition,
        long number,
        @Nullable Previous previous,
        List<Long> lost,
        Map<Integer, Long> seen) {

    /**
     * The record before, of this run or, at its start, of the one before.
     *
     * @param event its id, so that it can be named when it is gone
     * @param digest of it, in hexadecimal
     */
    record Previous(String run, long number, String event, String digest) {}

    Link {
        lost = List.copyOf(lost);
        seen = new TreeMap<>(seen);
    }

    String text() {
        StringBuilder text =
                new StringBuilder("run=%s;part=%d;n=%d".formatted(run, partition, number));
        if (previous != null) {
            text.append(";prev=")
                    .append(previous.run)
                    .append('/')
                    .append(previous.number)
                    .append('/')
                    .append(previous.event)
                    .append('/')
                    .append(previous.digest);
        }
        if (!lost.isEmpty()) {
            text.append(";lost=")
                    .append(String.join(",", lost.stream().map(String::valueOf).toList()));
        }
        if (!seen.isEmpty()) {
            text.append(";seen=")
                    .append(
                            String.join(
                                    ",",
                                    seen.entrySet().stream()
                                            .map(entry -> entry.getKey() + ":" + entry.getValue())
                                            .toList()));
        }
        return text.toString();
    }

    /**
     * Reads what {@link #text} wrote.
     *
     * @throws IllegalArgumentException where the text is no link
     */
    static Link parse(String text) {
        Map<String, String> parts = new TreeMap<>();
        for (String part : text.split(";")) {
            int equals = part.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("not a link: '" + text + "'");
            }
            parts.put(part.substring(0, equals), part.substring(equals + 1));
        }
        String run = parts.get("run");
        if (run == null) {
            throw new IllegalArgumentException("a link without a run: '" + text + "'");
        }
        return new Link(
                run,
                Integer.parseInt(parts.getOrDefault("part", "")),
                Long.parseLong(parts.getOrDefault("n", "")),
                previous(parts.get("prev")),
                lost(parts.getOrDefault("lost", "")),
                seen(parts.getOrDefault("seen", "")));
    }

    private static @Nullable Previous previous(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String[] parts = text.split("/", 4);
        if (parts.length != 4) {
            throw new IllegalArgumentException("not a record before: '" + text + "'");
        }
        return new Previous(parts[0], Long.parseLong(parts[1]), parts[2], parts[3]);
    }

    private static List<Long> lost(String text) {
        List<Long> lost = new ArrayList<>();
        for (String number : text.isEmpty() ? new String[0] : text.split(",")) {
            lost.add(Long.valueOf(number));
        }
        return lost;
    }

    private static Map<Integer, Long> seen(String text) {
        Map<Integer, Long> seen = new TreeMap<>();
        for (String entry : text.isEmpty() ? new String[0] : text.split(",")) {
            String[] sides = entry.split(":", 2);
            seen.put(Integer.valueOf(sides[0]), Long.valueOf(sides.length == 2 ? sides[1] : ""));
        }
        return seen;
    }
}
