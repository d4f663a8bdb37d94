package dev.sluice.pipeline;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedSet;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs work by key: at most one run per key at a time, different keys side by side, at most {@code
 * width} at once. A key that is woken while it waits runs once; one that is woken while it runs
 * runs once more. A run that throws is tried again with growing delays. An unchecked exception is a
 * bug and is logged whole; a checked one is something outside that does not answer, which many keys
 * meet at once: it is logged in one line, at most one a minute, and tried again sooner.
 *
 * <p>Threads: each run has a virtual thread of its own; timers fire on the timer's thread and only
 * wake. {@link #close} lets no new run start and does not wait for those under way, which is safe
 * since work is repeatable.
 */
public final class KeyedLanes<K> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KeyedLanes.class);
    private static final Duration FIRST_RETRY = Duration.ofMillis(500);
    private static final Duration LAST_RETRY = Duration.ofMinutes(2);
    private static final Duration LAST_RETRY_OF_OUTAGE = Duration.ofSeconds(15);

    /** The work of one key. */
    public interface Work<K> {
        /** Brings the world to the latest state of this key. */
        Next run(K key) throws Exception;
    }

    private final String name;
    private final LaneRules<K> rules;
    private final Work<K> work;
    private final Executor threads;
    private final LaneTimer timer;
    private final Outage outage = new Outage(System::nanoTime);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition finished = lock.newCondition();
    private final FairQueue<K> urgent;
    private final FairQueue<K> later;
    private final Map<String, Integer> crowds = new HashMap<>();
    private final SequencedSet<K> waiting = new LinkedHashSet<>();
    private final Map<K, Boolean> running = new HashMap<>();
    private final Map<K, LaneTimer.Alarm> alarms = new HashMap<>();
    private final Map<K, Integer> failures = new HashMap<>();
    private boolean closed;

    public KeyedLanes(String name, int width, Work<K> work) {
        this(name, LaneRules.alike(width), work);
    }

    public KeyedLanes(String name, LaneRules<K> rules, Work<K> work) {
        this(
                name,
                rules,
                work,
                Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name(name + "-", 0).factory()),
                new SystemLaneTimer());
    }

    KeyedLanes(String name, LaneRules<K> rules, Work<K> work, Executor threads, LaneTimer timer) {
        this.name = name;
        this.rules = rules;
        this.work = work;
        this.threads = threads;
        this.timer = timer;
        this.urgent = new FairQueue<>(rules.group());
        this.later = new FairQueue<>(rules.group());
    }

    /** Runs the key soon. */
    public void wake(K key) {
        enqueue(key, true);
    }

    /** Runs the key when nothing urgent waits: for what changes nothing but a revision. */
    public void wakeLater(K key) {
        enqueue(key, false);
    }

    /** Runs the key after that time, or sooner when woken; of two times the sooner counts. */
    public void wakeAfter(K key, Duration delay) {
        lock.lock();
        try {
            if (!closed) {
                setAlarm(key, delay);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Keys that wait or run. */
    public int busy() {
        lock.lock();
        try {
            return waiting.size() + running.size();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until no key of these is under way.
     *
     * @return false where that took too long
     */
    public boolean awaitIdle(Predicate<? super K> keys, Duration patience) {
        long left = patience.toNanos();
        lock.lock();
        try {
            while (left > 0 && running.keySet().stream().anyMatch(keys)) {
                left = finished.awaitNanos(left);
            }
            return left > 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            urgent.clear();
            later.clear();
            waiting.clear();
            alarms.values().forEach(LaneTimer.Alarm::cancel);
            alarms.clear();
        } finally {
            lock.unlock();
        }
        timer.close();
    }

    private void enqueue(K key, boolean soon) {
        if (!rules.mine().test(key)) {
            return;
        }
        lock.lock();
        try {
            if (closed) {
                return;
            }
            if (running.containsKey(key)) {
                running.put(key, true);
            } else if (waiting.add(key)) {
                (soon ? urgent : later).add(key);
            } else if (soon && later.remove(key)) {
                urgent.add(key);
            }
            startWaiting();
        } finally {
            lock.unlock();
        }
    }

    private void startWaiting() {
        while (running.size() < rules.width()) {
            K key = urgent.poll(this::hasRoom);
            if (key == null) {
                key = later.poll(this::hasRoom);
            }
            if (key == null) {
                return;
            }
            waiting.remove(key);
            if (!rules.mine().test(key)) {
                continue;
            }
            running.put(key, false);
            crowds.merge(rules.group().apply(key), 1, Integer::sum);
            LaneTimer.Alarm alarm = alarms.remove(key);
            if (alarm != null) {
                alarm.cancel();
            }
            K started = key;
            threads.execute(() -> run(started));
        }
    }

    private boolean hasRoom(String group) {
        return crowds.getOrDefault(group, 0) < rules.perGroup();
    }

    private void run(K key) {
        Next next;
        boolean failed = false;
        try {
            next = work.run(key);
        } catch (RuntimeException | Error e) {
            failed = true;
            next = Next.after(nextRetry(key, LAST_RETRY));
            LOG.atError()
                    .setCause(e)
                    .addKeyValue("lane", name)
                    .addKeyValue("target", key)
                    .addKeyValue("retryIn", next.after())
                    .log("a run failed and is tried again");
        } catch (Exception e) {
            failed = true;
            next = Next.after(nextRetry(key, LAST_RETRY_OF_OUTAGE));
            tell(key, e);
        }
        finish(key, next, failed);
    }

    private void tell(K key, Exception e) {
        long untold = outage.met();
        if (untold >= 0) {
            LOG.atWarn()
                    .addKeyValue("lane", name)
                    .addKeyValue("target", key)
                    .addKeyValue("reason", e.getMessage())
                    .addKeyValue("untold", untold)
                    .log("a run could not be finished and is tried again");
        }
    }

    private void finish(K key, Next next, boolean failed) {
        lock.lock();
        try {
            boolean again = Boolean.TRUE.equals(running.remove(key));
            crowds.computeIfPresent(
                    rules.group().apply(key), (_, count) -> count == 1 ? null : count - 1);
            finished.signalAll();
            if (!failed) {
                failures.remove(key);
            }
            if (closed) {
                return;
            }
            if (next.after() != null) {
                setAlarm(key, next.after());
            }
            if (again && rules.mine().test(key) && waiting.add(key)) {
                urgent.add(key);
            }
            startWaiting();
        } finally {
            lock.unlock();
        }
    }

    private Duration nextRetry(K key, Duration longest) {
        lock.lock();
        try {
            int count = failures.merge(key, 1, Integer::sum);
            Duration delay = FIRST_RETRY.multipliedBy(1L << Math.min(count - 1, 10));
            return delay.compareTo(longest) > 0 ? longest : delay;
        } finally {
            lock.unlock();
        }
    }

    private void setAlarm(K key, Duration delay) {
        LaneTimer.Alarm previous = alarms.get(key);
        LaneTimer.Alarm alarm = timer.set(delay, () -> ring(key));
        if (previous == null) {
            alarms.put(key, alarm);
        } else if (alarm.due() < previous.due()) {
            previous.cancel();
            alarms.put(key, alarm);
        } else {
            alarm.cancel();
        }
    }

    private void ring(K key) {
        lock.lock();
        try {
            alarms.remove(key);
        } finally {
            lock.unlock();
        }
        wake(key);
    }
}
