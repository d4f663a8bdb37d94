package dev.sluice.cli.audit;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which event led to which: some 64 bytes for each, in one array with open addressing, since a log
 * has millions of them. For one thread.
 */
final class CauseIndex {

    /** High and low of the id, then of its cause; two zeros are a free place. */
    private static final int WIDTH = 4;

    private long[] slots = new long[WIDTH << 10];
    private int size;

    /** One that is its own cause is the first of its chain. */
    void put(EventKey id, EventKey cause) {
        if (size * 2 * WIDTH >= slots.length) {
            grow();
        }
        if (insert(slots, id, cause)) {
            size++;
        }
    }

    boolean contains(EventKey id) {
        return slots[place(slots, id)] != 0 || slots[place(slots, id) + 1] != 0;
    }

    /** Its cause; itself where it is the first, null where it is not known. */
    @Nullable EventKey cause(EventKey id) {
        int at = place(slots, id);
        return slots[at] == 0 && slots[at + 1] == 0
                ? null
                : new EventKey(slots[at + 2], slots[at + 3]);
    }

    /** The event and all that it led to, however indirectly. */
    Set<EventKey> effects(EventKey of) {
        Set<EventKey> effects = new HashSet<>(Set.of(of));
        int before = 0;
        while (effects.size() > before) {
            before = effects.size();
            for (int at = 0; at < slots.length; at += WIDTH) {
                if ((slots[at] != 0 || slots[at + 1] != 0)
                        && effects.contains(new EventKey(slots[at + 2], slots[at + 3]))) {
                    effects.add(new EventKey(slots[at], slots[at + 1]));
                }
            }
        }
        return effects;
    }

    private void grow() {
        long[] larger = new long[slots.length * 2];
        for (int at = 0; at < slots.length; at += WIDTH) {
            if (slots[at] != 0 || slots[at + 1] != 0) {
                System.arraycopy(
                        slots,
                        at,
                        larger,
                        place(larger, new EventKey(slots[at], slots[at + 1])),
                        WIDTH);
            }
        }
        slots = larger;
    }

    private static boolean insert(long[] slots, EventKey id, EventKey cause) {
        int at = place(slots, id);
        boolean isNew = slots[at] == 0 && slots[at + 1] == 0;
        slots[at] = id.high();
        slots[at + 1] = id.low();
        slots[at + 2] = cause.high();
        slots[at + 3] = cause.low();
        return isNew;
    }

    /** Where the id is, or would be. */
    private static int place(long[] slots, EventKey id) {
        int places = slots.length / WIDTH;
        int at = (int) Math.floorMod((id.high() * 0x9E3779B97F4A7C15L) ^ id.low(), (long) places);
        while ((slots[at * WIDTH] != 0 || slots[at * WIDTH + 1] != 0)
                && (slots[at * WIDTH] != id.high() || slots[at * WIDTH + 1] != id.low())) {
            at = (at + 1) % places;
        }
        return at * WIDTH;
    }
}
