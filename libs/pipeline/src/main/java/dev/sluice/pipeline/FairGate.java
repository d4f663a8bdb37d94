package dev.sluice.pipeline;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * Lets so much work of each group through at once, and some more in all: however much one group
 * brings, and however long it takes, another finds room. For work that needs a processor, of which
 * there are few.
 */
public final class FairGate {

    private final int perGroup;
    private final Semaphore all;
    private final Map<String, Semaphore> groups = new ConcurrentHashMap<>();

    /**
     * @param perGroup how much of one group at once
     * @param width how much in all
     */
    public FairGate(int perGroup, int width) {
        this.perGroup = perGroup;
        this.all = new Semaphore(width, true);
    }

    /** A place inside; leave by closing. */
    public interface Permit extends AutoCloseable {
        @Override
        void close();
    }

    /** Waits until its turn has come. */
    public Permit enter(String group) throws InterruptedException {
        Semaphore own = groups.computeIfAbsent(group, _ -> new Semaphore(perGroup, true));
        own.acquire();
        try {
            // No group has more than its own part in this line.
            all.acquire();
        } catch (InterruptedException e) {
            own.release();
            throw e;
        }
        return () -> {
            all.release();
            own.release();
        };
    }
}
