package dev.sluice.events;

/** An event about one delivery. */
public sealed interface DeliveryEvent extends Event
        permits DeliveryRendered,
                DeliveryRevealed,
                DeliveryApplied,
                DeliveryFailed,
                DeliveryWaiting,
                DeliveryPruned,
                DeliveryDeleted,
                DriftDetected,
                RecordRefused,
                WindowOverridden {

    DeliveryId delivery();

    /** Where it stands in the life of the delivery. */
    Position position();

    @Override
    default String key() {
        return delivery().toString();
    }
}
