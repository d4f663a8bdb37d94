package dev.sluice.notifier;

import dev.sluice.events.Envelope;
import dev.sluice.events.NotificationDropped;
import dev.sluice.events.NotificationDue;
import dev.sluice.events.NotificationEvent;
import dev.sluice.events.NotificationId;
import dev.sluice.events.NotificationSent;
import dev.sluice.notifier.provider.Progress;
import dev.sluice.pipeline.EventSender;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What is due and not yet told, by Provider, in the order in which it became due; kept on {@code
 * sluice.notifications}. Safe for use by many threads.
 */
final class Outbox {

    private static final int REMEMBERED = 50_000;

    private final EventSender sender;
    private final int longest;
    private final ToldJournal journal;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<ObjectName, Map<NotificationId, Waiting>> waiting = new HashMap<>();
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
     * @param journal what was told before
     */
    Outbox(EventSender sender, int longest, ToldJournal journal) {
        this.sender = sender;
        this.longest = longest;
        this.journal = journal;
    }

    /** Takes what was written before a restart, in its order. */
    void restore(NotificationEvent event, Envelope<?> envelope) {
        lock.lock();
        try {
            known.put(event.notification(), true);
            switch (event) {
                case NotificationDue due -> put(due, envelope);
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
     * @return whether it is new
     */
    boolean add(NotificationDue due, Envelope<?> cause) {
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
            known.put(due.notification(), true);
            tooMany = put(due, written);
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

    /** Writes down how far an attempt has come. */
    Progress progress(NotificationDue due) {
        return new Progress() {
            @Override
            public void handedOver() {
                journal.write(ToldJournal.Mark.HANDED_OVER, due.notification(), due.provider());
            }

            @Override
            public void unanswered() {
                journal.write(ToldJournal.Mark.NOT_TAKEN, due.notification(), due.provider());
            }
        };
    }

    /** The Provider has not taken it this time. */
    void notTold(NotificationDue due) {
        journal.write(ToldJournal.Mark.NOT_TAKEN, due.notification(), due.provider());
    }

    /** The Provider has taken it, and is not told again, whatever happens next. */
    void told(Waiting told) {
        NotificationDue due = told.due();
        journal.write(ToldJournal.Mark.TAKEN, due.notification(), due.provider());
        settle(told, new NotificationSent(due.notification(), due.provider(), told.attempts()));
    }

    /**
     * Of what waits after a restart, some was told just before it: that much is written down now.
     */
    void settleTold() {
        Set<NotificationId> told = journal.read();
        for (ObjectName provider : providers()) {
            for (Waiting waiting : of(provider)) {
                if (told.contains(waiting.due().notification())) {
                    waiting.tried();
                    NotificationDue due = waiting.due();
                    settle(
                            waiting,
                            new NotificationSent(
                                    due.notification(), due.provider(), waiting.attempts()));
                }
            }
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
    private @Nullable Waiting put(NotificationDue due, Envelope<?> envelope) {
        Map<NotificationId, Waiting> queue =
                waiting.computeIfAbsent(provider(due), _ -> new LinkedHashMap<>());
        queue.put(due.notification(), new Waiting(due, envelope));
        Optional<Waiting> oldest = queue.values().stream().findFirst();
        return queue.size() > longest ? oldest.orElse(null) : null;
    }

    private void remove(NotificationEvent end) {
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
