package dev.sluice.events;

/**
 * A Provider has been told.
 *
 * @param attempts how many it took; 0 where there was nothing to send, since the kind of Provider
 *     does not take such announcements
 */
public record NotificationSent(NotificationId notification, String provider, int attempts)
        implements NotificationEvent {}
