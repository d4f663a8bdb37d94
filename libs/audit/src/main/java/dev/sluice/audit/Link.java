package dev.sluice.audit;

import static java.net.URLDecoder.decode;
import static java.net.URLEncoder.encode;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The place of a record among those that one run of a service wrote to one partition, as its header
 * {@value Seal#CHAIN} says it: {@code
 * run=4f..;part=2;n=17;prev=4f../16/<event>/<digest>/<key>;at=16:4711;seen=0:12}.
 *
 * @param run which run of which service; made up at its start
 * @param partition that the writer chose
 * @param number from 1, without a gap
 * @param previous the record before it; null for the first that the service ever wrote here
 * @param lost numbers before this one that the broker did not take
 * @param offsets by number, where the broker has put records of this run that were not told of
 *     before; number 0 is the record of the run before
 * @param seen by other partition of the topic, the number up to which the broker had taken all
 */
record Link(
        String run,
        int partition,
        long number,
        @Nullable Previous previous,
        List<Long> lost,
        Map<Long, Long> offsets,
        Map<Integer, Long> seen) {

    /** The number by which the record of the run before is told of. */
    static final long RUN_BEFORE = 0;

    /**
     * The record before, of this run or, at its start, of the one before.
     *
     * @param event its id, so that it can be named when it is gone
     * @param digest of it, in hexadecimal
     * @param key its record key, for the same reason
     */
    record Previous(String run, long number, String event, String digest, String key) {

        private String text() {
            return String.join(
                    "/",
                    run,
                    String.valueOf(number),
                    encode(event, UTF_8),
                    digest,
                    encode(key, UTF_8));
        }

        private static Previous parse(String text) {
            String[] parts = text.split("/", 5);
            if (parts.length < 4) {
                throw new IllegalArgumentException("not a record before: '" + text + "'");
            }
            String key = parts.length == 5 ? decode(parts[4], UTF_8) : "";
            return new Previous(
                    parts[0], Long.parseLong(parts[1]), decode(parts[2], UTF_8), parts[3], key);
        }
    }

    Link {
        lost = List.copyOf(lost);
        offsets = new TreeMap<>(offsets);
        seen = new TreeMap<>(seen);
    }

    String text() {
        StringBuilder text =
                new StringBuilder("run=%s;part=%d;n=%d".formatted(run, partition, number));
        if (previous != null) {
            text.append(";prev=").append(previous.text());
        }
        if (!lost.isEmpty()) {
            text.append(";lost=")
                    .append(String.join(",", lost.stream().map(String::valueOf).toList()));
        }
        append(text, ";at=", offsets);
        append(text, ";seen=", seen);
        return text.toString();
    }

    private static void append(StringBuilder text, String name, Map<?, Long> entries) {
        if (!entries.isEmpty()) {
            text.append(name)
                    .append(
                            String.join(
                                    ",",
                                    entries.entrySet().stream()
                                            .map(entry -> entry.getKey() + ":" + entry.getValue())
                                            .toList()));
        }
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
        String previous = parts.get("prev");
        Map<Integer, Long> seen = new TreeMap<>();
        numbers(parts.getOrDefault("seen", ""))
                .forEach((other, number) -> seen.put(other.intValue(), number));
        return new Link(
                run,
                Integer.parseInt(parts.getOrDefault("part", "")),
                Long.parseLong(parts.getOrDefault("n", "")),
                previous == null ? null : Previous.parse(previous),
                lost(parts.getOrDefault("lost", "")),
                numbers(parts.getOrDefault("at", "")),
                seen);
    }

    private static List<Long> lost(String text) {
        List<Long> lost = new ArrayList<>();
        for (String number : text.isEmpty() ? new String[0] : text.split(",")) {
            lost.add(Long.valueOf(number));
        }
        return lost;
    }

    private static Map<Long, Long> numbers(String text) {
        Map<Long, Long> numbers = new TreeMap<>();
        for (String entry : text.isEmpty() ? new String[0] : text.split(",")) {
            String[] sides = entry.split(":", 2);
            numbers.put(Long.valueOf(sides[0]), Long.valueOf(sides.length == 2 ? sides[1] : ""));
        }
        return numbers;
    }
}
