package dev.sluice.applier;

import dev.sluice.events.DeliveryId;
import dev.sluice.kubernetes.KubernetesException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the status that work goes on, where it goes on for long. A virtual thread waits for that;
 * once {@link #close} returns it writes nothing any more.
 */
final class ProgressNote implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ProgressNote.class);
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final ReentrantLock lock = new ReentrantLock();
    private final Thread waiting;
    private boolean closed;

    private ProgressNote(Statuses statuses, DeliveryId id, Attempt attempt) {
        waiting =
                Thread.ofVirtual()
                        .name("applier-progress")
                        .unstarted(() -> waitAndTell(statuses, id, attempt));
    }

    static ProgressNote start(Statuses statuses, DeliveryId id, Attempt attempt) {
        ProgressNote note = new ProgressNote(statuses, id, attempt);
        note.waiting.start();
        return note;
    }

    private void waitAndTell(Statuses statuses, DeliveryId id, Attempt attempt) {
        try {
            Thread.sleep(PATIENCE);
        } catch (InterruptedException e) {
            return;
        }
        lock.lock();
        try {
            if (!closed) {
                statuses.tell(id, attempt, new Outcome.Progressing(Phase.APPLYING));
            }
        } catch (KubernetesException e) {
            LOG.debug("progress could not be told: {}", e.getMessage());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
        waiting.interrupt();
    }
}
