package dev.sluice.events;

/** What became of a notification. */
public sealed interface NotificationEvent extends Event
        permits NotificationDue, NotificationSent, NotificationDropped {

    NotificationId notification();

    /** Name of the Provider, which is in the Alert's namespace. */
    String provider();

    @Override
    default String key() {
        return notification().key();
    }
}
