package dev.sluice.events;

/**
 * What happened, as one stage tells the next. Sealed, so that whoever takes events says what it
 * does with each.
 */
public sealed interface Event
        permits SourceEvent, DeliveryEvent, ObjectAnnounced, NotificationEvent {

    /** The record key: order holds among the events of one key, and only there. */
    String key();
}
