package dev.sluice.audit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Tells of records that are not there what others know of them. */
final class MissingRecords {

    /** Of so many records in a row each is named. */
    static final int NAMED = 100;

    /** Where the broker put records, as those that were written later tell. */
    private final Map<Long, Long> offsets;

    private final Holes holes;

    MissingRecords(Map<Long, Long> offsets, Holes holes) {
        this.offsets = new HashMap<>(offsets);
        this.holes = holes;
    }

    /**
     * One finding for each, or one for many.
     *
     * @param before the record before them; null where they were the first
     * @param next the one after them, which names the last of them
     * @param gone their numbers; where they are too many, the first ones and the last
     */
    List<Finding> between(@Nullable Entry before, Entry next, List<Long> gone) {
        List<Finding> findings = new ArrayList<>();
        if (gone.size() > NAMED) {
            findings.add(
                    finding(
                            before,
                            next,
                            gone.getLast(),
                            "records are missing before the one with event %s: numbers %d to %d of run %s, of which this is the last"
                                    .formatted(
                                            next.event(),
                                            gone.getFirst(),
                                            gone.getLast(),
                                            next.link().run())));
            return findings;
        }
        for (long number : gone) {
            findings.add(
                    finding(
                            before,
                            next,
                            number,
                            "a record is missing: number %d of run %s, before the one with event %s"
                                    .formatted(number, next.link().run(), next.event())));
        }
        return findings;
    }

    private Finding finding(@Nullable Entry before, Entry next, long number, String message) {
        Link.Previous previous = next.previous();
        String key = "";
        String event = "";
        if (previous != null && previous.number() == number) {
            key = previous.key();
            event = previous.event();
        }
        return new Finding(
                Finding.Kind.MISSING,
                next.topic(),
                next.partition(),
                offset(before, next, number),
                key,
                event,
                message);
    }

    private long offset(@Nullable Entry before, Entry next, long number) {
        Long told = offsets.get(number);
        if (told != null) {
            return told;
        }
        OptionalLong hole =
                holes.between(
                        next.topic(),
                        next.partition(),
                        before == null ? -1 : before.offset(),
                        next.offset());
        return hole.orElse(next.offset());
    }
}
