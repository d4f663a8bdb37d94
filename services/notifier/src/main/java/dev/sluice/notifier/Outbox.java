package dev.sluice.notifier;

import dev.sluice.events.Envelope;
import dev.sluice.events.NotificationDropped;
import dev.sluice.events.NotificationDue;
import dev.sluice.events.NotificationEvent;
import dev.sluice.events.NotificationId;
import dev.sluice.events.NotificationSent;
import dev.sluice.notifier.provider.Progress;
import dev.sluice.pipeline.EventSender;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is due and not yet told, by Provider, in the order in which it became due; kept on {@code
 * sluice.notifications}. It holds what belongs to this process: what was announced in its
 * partitions of the announcements. Safe for use by many threads.
 */
final class Outbox {

    private static final int REMEMBERED = 50_000;

    private final EventSender sender;
    private final int longest;
    private final Consumer<Attempt> journal;
    private final BooleanSupplier trusted;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition attempted = lock.newCondition();
    private final Map<ObjectName, Map<NotificationId, Waiting>> waiting = new HashMap<>();
    private final Set<Waiting> underWay = new HashSet<>();

    /** What is being taken over; nobody tells it before it is known what was told already. */
    private final Map<NotificationId, Waiting> coming = new LinkedHashMap<>();

    /** Whether it has come to its end. */
    private final Map<NotificationId, Boolean> known =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<NotificationId, Boolean> eldest) {
                    return size() > REMEMBERED;
                }
            };

    /**
     * @param longest how many may wait for one Provider
     * @param journal takes how far attempts have come; must not block
     * @param trusted whether what was ours is known to be so still
     */
    Outbox(EventSender sender, int longest, Consumer<Attempt> journal, BooleanSupplier trusted) {
        this.sender = sender;
        this.longest = longest;
        this.journal = journal;
        this.trusted = trusted;
    }

    /**
     * Takes what was written before, by this process or another, in its order. It waits from {@link
     * #arrive} on.
     *
     * @param partition of the announcement, where it is one that is ours from now on
     */
    void restore(NotificationEvent event, Envelope<?> envelope, OptionalInt partition) {
        lock.lock();
        try {
            switch (event) {
                case NotificationDue due -> {
                    boolean ended = known.getOrDefault(due.notification(), false);
                    known.put(due.notification(), ended);
                    if (!ended && partition.isPresent()) {
                        coming.put(
                                due.notification(),
                                new Waiting(due, envelope, partition.getAsInt()));
                    }
                }
                case NotificationSent sent -> remove(sent);
                case NotificationDropped dropped -> remove(dropped);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Keeps what has become due, unless it is known.
     *
     * @param cause the announcement
     * @param partition of the announcement
     * @return whether it is new
     */
    boolean add(NotificationDue due, Envelope<?> cause, int partition) {
        lock.lock();
        try {
            if (known.containsKey(due.notification())) {
                return false;
            }
        } finally {
            lock.unlock();
        }
        Envelope<NotificationDue> written = sender.send(due, cause);
        Waiting tooMany;
        lock.lock();
        try {
            known.put(due.notification(), false);
            tooMany = put(new Waiting(due, written, partition));
        } finally {
            lock.unlock();
        }
        if (tooMany != null) {
            settle(
                    tooMany,
                    new NotificationDropped(
                            tooMany.due().notification(),
                            tooMany.due().provider(),
                            "too many notifications wait for the Provider"));
        }
        return true;
    }

    /** What waits for a Provider, the oldest first. */
    List<Waiting> of(ObjectName provider) {
        lock.lock();
        try {
            return new ArrayList<>(waiting.getOrDefault(provider, Map.of()).values());
        } finally {
            lock.unlock();
        }
    }

    /** The Providers that something waits for. */
    Set<ObjectName> providers() {
        lock.lock();
        try {
            return Set.copyOf(waiting.keySet());
        } finally {
            lock.unlock();
        }
    }

    /**
     * Begins an attempt, unless it is not ours any more, or not known to be. Whoever begins one
     * ends it by {@link #finished}.
     */
    boolean begin(Waiting attempt) {
        lock.lock();
        try {
            return trusted.getAsBoolean() && isHere(attempt) && underWay.add(attempt);
        } finally {
            lock.unlock();
        }
    }

    void finished(Waiting attempt) {
        lock.lock();
        try {
            underWay.remove(attempt);
            attempted.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Gives up what was announced in these partitions, for another process to tell. Returns when no
     * attempt at it is under way, or when that takes too long.
     */
    void leave(Set<Integer> partitions, Duration patience) {
        long left = patience.toNanos();
        lock.lock();
        try {
            coming.clear();
            waiting.values()
                    .forEach(queue ->
                            queue.values().removeIf(w -> partitions.contains(w.partition())));
            waiting.values().removeIf(Map::isEmpty);
            while (left > 0
                    && underWay.stream().anyMatch(w -> partitions.contains(w.partition()))) {
                left = attempted.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    /** Writes down how far an attempt has come. */
    Progress progress(NotificationDue due) {
        return new Progress() {
            @Override
            public void handedOver() {
                mark(Attempt.Mark.HANDED_OVER, due);
            }

            @Override
            public void unanswered() {
                mark(Attempt.Mark.NOT_TAKEN, due);
            }
        };
    }

    private void mark(Attempt.Mark mark, NotificationDue due) {
        journal.accept(new Attempt(mark, due.notification(), due.provider()));
    }

    /** The Provider has not taken it this time. */
    void notTold(NotificationDue due) {
        mark(Attempt.Mark.NOT_TAKEN, due);
    }

    /** The Provider has taken it, and is not told again, whatever happens next. */
    void told(Waiting told) {
        NotificationDue due = told.due();
        mark(Attempt.Mark.TAKEN, due);
        settle(told, new NotificationSent(due.notification(), due.provider(), told.attempts()));
    }

    /**
     * All that was written before is read. Some of it was told just before another has ended, or
     * this process before its restart: that much is written down now.
     *
     * @param taken by the Providers
     */
    void arrive(Set<NotificationId> taken) {
        List<Waiting> told = new ArrayList<>();
        lock.lock();
        try {
            for (Waiting each : coming.values()) {
                if (taken.contains(each.due().notification())) {
                    told.add(each);
                } else {
                    put(each);
                }
            }
            coming.clear();
        } finally {
            lock.unlock();
        }
        for (Waiting each : told) {
            each.tried();
            NotificationDue due = each.due();
            settle(each, new NotificationSent(due.notification(), due.provider(), each.attempts()));
        }
    }

    /** Writes down what became of it. */
    void settle(Waiting settled, NotificationEvent end) {
        sender.send(end, settled.envelope());
        lock.lock();
        try {
            remove(end);
        } finally {
            lock.unlock();
        }
    }

    /** Returns the one that is too many. */
    private @Nullable Waiting put(Waiting due) {
        Map<NotificationId, Waiting> queue =
                waiting.computeIfAbsent(provider(due.due()), _ -> new LinkedHashMap<>());
        queue.put(due.due().notification(), due);
        Optional<Waiting> oldest = queue.values().stream().findFirst();
        return queue.size() > longest ? oldest.orElse(null) : null;
    }

    private boolean isHere(Waiting attempt) {
        NotificationDue due = attempt.due();
        return waiting.getOrDefault(provider(due), Map.of()).get(due.notification()) == attempt;
    }

    private void remove(NotificationEvent end) {
        known.put(end.notification(), true);
        coming.remove(end.notification());
        waiting.computeIfPresent(
                provider(end),
                (_, queue) -> {
                    queue.remove(end.notification());
                    return queue.isEmpty() ? null : queue;
                });
    }

    private static ObjectName provider(NotificationEvent event) {
        return new ObjectName(event.notification().namespace(), event.provider());
    }
}
