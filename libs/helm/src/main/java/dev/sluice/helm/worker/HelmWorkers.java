package dev.sluice.helm.worker;

import dev.sluice.helm.worker.WorkerException.Kind;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The worker processes: one for each identity, started when it is needed, ended when it was idle
 * for long, started again when it was lost. A release that ended a process gets one of its own from
 * then on, so that it harms nobody but itself. Safe for use by many threads.
 */
public final class HelmWorkers implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HelmWorkers.class);

    /** Finds the program; asked again at each start, for it may come later. */
    public interface Program {
        Path find() throws WorkerException;
    }

    /**
     * Limits of each process.
     *
     * @param memory in bytes
     * @param idle after which an unused process ends
     * @param rendering most time until the templates of a chart are rendered
     * @param grace added to the time that an action asks for, before its process is ended
     */
    public record Limits(long memory, Duration idle, Duration rendering, Duration grace) {
        public static final Limits DEFAULT =
                new Limits(
                        1L << 30,
                        Duration.ofMinutes(10),
                        Duration.ofMinutes(2),
                        Duration.ofSeconds(30));
    }

    /** An action waits up to its time for each hook and again for its objects. */
    private static final int WAITS = 10;

    private record Key(WorkerIdentity identity, String alone) {}

    private static final class Slot {
        private @Nullable HelmWorker worker;
        private Instant used = Instant.EPOCH;
        private final ReentrantLock starting = new ReentrantLock();
    }

    private final Program program;
    private final Limits limits;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Key, Slot> slots = new HashMap<>();
    private final Set<String> quarantined = ConcurrentHashMap.newKeySet();

    /** Workers that take no requests any more, and end with the last one that they have. */
    private final Set<HelmWorker> retired = ConcurrentHashMap.newKeySet();

    private boolean closed;

    public HelmWorkers(Program program, Limits limits, Clock clock) {
        this.program = program;
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * Runs an action in the identity's process and waits for its end.
     *
     * @throws WorkerException where there is no process, or it was lost or ended meanwhile
     */
    public HelmResponse run(WorkerIdentity identity, HelmRequest request, HelmQuestions questions)
            throws WorkerException, InterruptedException {
        String name = request.namespace() + '/' + request.release();
        String alone = quarantined.contains(name) ? name : "";
        HelmWorker worker = worker(new Key(identity, alone));
        HelmWorker.Patience patience =
                new HelmWorker.Patience(
                        limits.rendering(),
                        request.timeout().multipliedBy(WAITS).plus(limits.grace()));
        try {
            return worker.run(request, questions, patience);
        } catch (WorkerException e) {
            if (e.kind() == Kind.LIMIT) {
                quarantined.add(name);
            }
            throw e;
        }
    }

    private HelmWorker worker(Key key) throws WorkerException, InterruptedException {
        Slot slot = slot(key);
        slot.starting.lock();
        try {
            HelmWorker running = slot.worker;
            if (running == null || !running.isTaking()) {
                if (running != null) {
                    retired.add(running);
                }
                running = HelmWorker.start(program.find(), key.identity(), limits.memory());
                slot.worker = running;
                LOG.atInfo().addKeyValue("identity", key.identity()).log("a Helm worker started");
            }
            return running;
        } finally {
            slot.starting.unlock();
        }
    }

    private Slot slot(Key key) throws WorkerException {
        lock.lock();
        try {
            if (closed) {
                throw new WorkerException(Kind.MISSING, "the Helm workers are stopped");
            }
            endIdle();
            retired.removeIf(HelmWorker::isEnded);
            Slot slot = slots.computeIfAbsent(key, _ -> new Slot());
            slot.used = clock.instant();
            return slot;
        } finally {
            lock.unlock();
        }
    }

    private void endIdle() {
        Instant before = clock.instant().minus(limits.idle());
        for (Iterator<Slot> all = slots.values().iterator(); all.hasNext(); ) {
            Slot slot = all.next();
            HelmWorker worker = slot.worker;
            if (worker != null && slot.used.isBefore(before) && worker.isIdle()) {
                worker.close();
                all.remove();
            }
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            for (Slot slot : slots.values()) {
                HelmWorker worker = slot.worker;
                if (worker != null) {
                    worker.close();
                }
            }
            slots.clear();
            retired.forEach(HelmWorker::close);
            retired.clear();
        } finally {
            lock.unlock();
        }
    }
}
