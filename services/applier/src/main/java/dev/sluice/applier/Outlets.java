package dev.sluice.applier;

import dev.sluice.events.DeliveryApplied;
import dev.sluice.events.DeliveryDeleted;
import dev.sluice.events.DeliveryEvent;
import dev.sluice.events.DeliveryId;
import dev.sluice.events.Envelope;
import dev.sluice.events.Event;
import dev.sluice.pipeline.EventSender;
import dev.sluice.pipeline.StateTable;
import org.jspecify.annotations.Nullable;

/**
 * What the applier writes to its topics, and what of it is the latest. An apply is on {@code
 * sluice.applied} before anything relies on it.
 */
final class Outlets {

    private final EventSender applied;
    private final EventSender outcomes;
    private final StateTable table;

    /**
     * @param table restored from {@code sluice.applied}
     */
    Outlets(EventSender applied, EventSender outcomes, StateTable table) {
        this.applied = applied;
        this.outcomes = outcomes;
        this.table = table;
    }

    /** What is in the cluster by the latest record. */
    @Nullable DeliveryApplied latest(DeliveryId id) {
        Envelope<DeliveryApplied> record = latestRecord(id);
        return record == null ? null : record.event();
    }

    @Nullable Envelope<DeliveryApplied> latestRecord(DeliveryId id) {
        return table.get(id.toString(), DeliveryApplied.class).orElse(null);
    }

    /** Keeps what is in the cluster now. */
    Envelope<DeliveryApplied> keep(DeliveryApplied event, @Nullable Envelope<?> cause) {
        Envelope<DeliveryApplied> sent = applied.send(event, cause);
        table.put(sent);
        return sent;
    }

    /** Adds to the history. */
    <E extends DeliveryEvent> void outcome(E event, @Nullable Envelope<?> cause) {
        outcomes.send(event, cause);
    }

    /** Says that the delivery is no more, and forgets its state. */
    void deleted(DeliveryDeleted event) {
        Envelope<DeliveryDeleted> sent = applied.send(event, null);
        outcomes.send(event, sent);
        applied.forget(sent);
        table.forget(event.key());
    }

    /** Whether anything is kept of the delivery. */
    boolean has(DeliveryId id) {
        return table.get(id.toString()).map(Envelope::event).filter(Outlets::living).isPresent();
    }

    private static boolean living(Event event) {
        return !(event instanceof DeliveryDeleted);
    }
}
