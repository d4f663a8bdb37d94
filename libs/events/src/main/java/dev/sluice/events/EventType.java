package dev.sluice.events;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The CloudEvents types, one for each record. */
enum EventType {
    SOURCE_CHANGED(SourceChanged.class, "source.changed"),
    SOURCE_REQUESTED(SourceRequested.class, "source.requested"),
    SOURCE_DELETED(SourceDeleted.class, "source.deleted"),
    DELIVERY_RENDERED(DeliveryRendered.class, "delivery.rendered"),
    DELIVERY_REVEALED(DeliveryRevealed.class, "delivery.revealed"),
    DELIVERY_APPLIED(DeliveryApplied.class, "delivery.applied"),
    DELIVERY_FAILED(DeliveryFailed.class, "delivery.failed"),
    DELIVERY_WAITING(DeliveryWaiting.class, "delivery.waiting"),
    DELIVERY_PRUNED(DeliveryPruned.class, "delivery.pruned"),
    DELIVERY_DELETED(DeliveryDeleted.class, "delivery.deleted"),
    DRIFT_DETECTED(DriftDetected.class, "drift.detected"),
    OBJECT_ANNOUNCED(ObjectAnnounced.class, "object.announced"),
    NOTIFICATION_DUE(NotificationDue.class, "notification.due"),
    NOTIFICATION_SENT(NotificationSent.class, "notification.sent"),
    NOTIFICATION_DROPPED(NotificationDropped.class, "notification.dropped"),
    RECORD_REFUSED(RecordRefused.class, "record.refused"),
    WINDOW_OVERRIDDEN(WindowOverridden.class, "window.overridden");

    private static final Map<Class<? extends Event>, EventType> BY_RECORD =
            Arrays.stream(values())
                    .collect(Collectors.toUnmodifiableMap(t -> t.record, Function.identity()));
    private static final Map<String, EventType> BY_NAME =
            Arrays.stream(values())
                    .collect(Collectors.toUnmodifiableMap(EventType::ceType, Function.identity()));

    final Class<? extends Event> record;
    final String word;

    EventType(Class<? extends Event> record, String word) {
        this.record = record;
        this.word = word;
    }

    /** The attribute {@code type}: {@code dev.sluice.<word>.v1}. */
    String ceType() {
        return ceTypeOf(word);
    }

    static String ceTypeOf(String word) {
        return "dev.sluice." + word + ".v1";
    }

    static EventType of(Event event) {
        return Objects.requireNonNull(BY_RECORD.get(event.getClass()));
    }

    static @Nullable EventType byCeType(String ceType) {
        return BY_NAME.get(ceType);
    }
}
