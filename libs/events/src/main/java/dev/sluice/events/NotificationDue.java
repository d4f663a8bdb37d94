package dev.sluice.events;

import java.time.Instant;
import java.util.Map;

/**
 * An Alert has selected an announcement: its Provider is to be told, once.
 *
 * @param announced what to tell
 * @param at when it was announced
 * @param metadata the facts to tell along with it: the announcement's own, the object's and the
 *     Alert's
 */
public record NotificationDue(
        NotificationId notification,
        String provider,
        ObjectAnnounced announced,
        Instant at,
        Map<String, String> metadata)
        implements NotificationEvent {

    public NotificationDue {
        metadata = Map.copyOf(metadata);
    }
}
