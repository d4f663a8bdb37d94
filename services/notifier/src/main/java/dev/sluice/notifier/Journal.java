package dev.sluice.notifier;

import dev.sluice.events.NotificationId;
import java.util.Set;

/**
 * How far attempts have come, for whoever goes on where this process ended in the middle.
 *
 * <p>It is a help and nothing else: where a mark is lost, {@code sluice.notifications} tells. Safe
 * for use by many threads.
 */
interface Journal extends AutoCloseable {

    /** Does not wait for anything but a disk's cache. */
    void write(Attempt attempt);

    /** What was taken before. Blocks until all is read. */
    Set<NotificationId> read();

    @Override
    void close();
}
