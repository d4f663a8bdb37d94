package dev.sluice.events;

import java.util.Map;

/**
 * Something was said about an object that people may want to hear: what {@code kubectl describe}
 * shows as an Event, with the whole message. Alerts select among these.
 *
 * @param reason one word, for example {@code ReconciliationSucceeded}
 * @param metadata facts, for example {@code revision}, {@code originRevision}, {@code
 *     commit_status}
 * @param reporter the controller in whose name it is said, for example {@code kustomize-controller}
 */
public record ObjectAnnounced(
        AnnouncedObject object,
        Severity severity,
        String reason,
        String message,
        Map<String, String> metadata,
        ObjectMarks marks,
        String reporter)
        implements Event {

    private static final int LONGEST_MESSAGE = 39_000;

    public ObjectAnnounced {
        message =
                message.length() <= LONGEST_MESSAGE
                        ? message
                        : message.substring(0, LONGEST_MESSAGE - 3) + "...";
        metadata = Map.copyOf(metadata);
    }

    @Override
    public String key() {
        return object.toString();
    }
}
