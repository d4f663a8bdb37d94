package dev.sluice.standalone;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Optional;
import javax.management.NotificationEmitter;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the heap near what is held. The collector takes new memory from the system as long as it
 * may, before it looks through what it has: a small plant would lose to garbage what a large fleet
 * needs for its objects. So whenever the old part has grown by half, it is looked through, and what
 * is free goes back.
 */
final class HeapBound {

    private static final long STEP = 48L << 20;

    private final MemoryPoolMXBean old;

    private HeapBound(MemoryPoolMXBean old) {
        this.old = old;
    }

    /**
     * From now on, for as long as the process lives; nothing where the collector has no old part.
     */
    static void watch() {
        Optional<MemoryPoolMXBean> old =
                ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getType() == MemoryType.HEAP)
                        .filter(MemoryPoolMXBean::isUsageThresholdSupported)
                        .findFirst();
        old.ifPresent(pool -> new HeapBound(pool).start());
    }

    private void start() {
        ((NotificationEmitter) ManagementFactory.getMemoryMXBean())
                .addNotificationListener((_, _) -> collect(), null, null);
        old.setUsageThreshold(threshold(old.getUsage(), old.getUsage().getMax()));
    }

    private void collect() {
        System.gc();
        @Nullable MemoryUsage held = old.getCollectionUsage();
        if (held != null) {
            old.setUsageThreshold(threshold(held, held.getMax()));
        }
    }

    private static long threshold(MemoryUsage held, long limit) {
        long next = Math.max(held.getUsed() + STEP, held.getUsed() / 2 * 3);
        return limit > 0 ? Math.min(next, limit) : next;
    }
}
