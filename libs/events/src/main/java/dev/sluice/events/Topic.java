package dev.sluice.events;

import java.util.List;

/**
 * The topics. Names, kinds and what each may carry, in one place; {@code deploy/} and
 * ARCHITECTURE.md are made from this.
 */
public enum Topic {
    SOURCES("sluice.sources", Kind.STATE, List.of(SourceChanged.class, SourceDeleted.class)),
    RENDERED(
            "sluice.rendered",
            Kind.STATE,
            List.of(DeliveryRendered.class, DeliveryFailed.class, DeliveryDeleted.class)),
    REVEALED(
            "sluice.revealed",
            Kind.STATE,
            List.of(DeliveryRevealed.class, DeliveryFailed.class, DeliveryDeleted.class)),
    APPLIED("sluice.applied", Kind.STATE, List.of(DeliveryApplied.class, DeliveryDeleted.class)),
    /**
     * A copy of every event of the state topics, which forget. Nobody acts on it; audits, the
     * ledger and replay read it.
     */
    TRAIL(
            "sluice.trail",
            Kind.HISTORY,
            List.of(
                    SourceChanged.class,
                    SourceDeleted.class,
                    DeliveryRendered.class,
                    DeliveryRevealed.class,
                    DeliveryApplied.class,
                    DeliveryFailed.class,
                    DeliveryDeleted.class)),
    OUTCOMES(
            "sluice.outcomes",
            Kind.HISTORY,
            List.of(
                    DeliveryApplied.class,
                    DeliveryFailed.class,
                    DeliveryWaiting.class,
                    DeliveryPruned.class,
                    DeliveryDeleted.class)),
    DRIFT("sluice.drift", Kind.HISTORY, List.of(DriftDetected.class)),
    ANNOUNCEMENTS("sluice.announcements", Kind.HISTORY, List.of(ObjectAnnounced.class)),
    NOTIFICATIONS(
            "sluice.notifications",
            Kind.HISTORY,
            List.of(NotificationDue.class, NotificationSent.class, NotificationDropped.class)),
    /**
     * How far the attempts to tell Providers have come, for the process that takes over from one
     * that ended in the middle. Lines for the notifier alone, no events: nobody signs them, and
     * audits know nothing of them.
     */
    ATTEMPTS("sluice.attempts", Kind.NOTES, List.of()),
    AUDIT(
            "sluice.audit",
            Kind.HISTORY,
            List.of(SourceRequested.class, RecordRefused.class, WindowOverridden.class)),
    DEAD_LETTERS("sluice.dead-letters", Kind.HISTORY, List.of());

    /**
     * STATE holds the latest event of each key (compacted); HISTORY holds all, as long as the
     * operator says; NOTES are what the processes of one service leave each other, and are gone
     * after a day.
     */
    public enum Kind {
        STATE,
        HISTORY,
        NOTES
    }

    private final String topicName;
    private final Kind kind;
    private final List<Class<? extends Event>> carries;

    Topic(String topicName, Kind kind, List<Class<? extends Event>> carries) {
        this.topicName = topicName;
        this.kind = kind;
        this.carries = carries;
    }

    public String topicName() {
        return topicName;
    }

    public Kind kind() {
        return kind;
    }

    public List<Class<? extends Event>> carries() {
        return carries;
    }
}
