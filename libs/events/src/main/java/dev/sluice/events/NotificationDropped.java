package dev.sluice.events;

/**
 * A Provider could not be told and will not be.
 *
 * @param why without any credential
 */
public record NotificationDropped(NotificationId notification, String provider, String why)
        implements NotificationEvent {}
