package dev.sluice.standalone.demo;

import dev.sluice.events.DeliveryApplied;
import dev.sluice.events.DeliveryDeleted;
import dev.sluice.events.DeliveryEvent;
import dev.sluice.events.DeliveryFailed;
import dev.sluice.events.DeliveryPruned;
import dev.sluice.events.DeliveryRendered;
import dev.sluice.events.DeliveryRevealed;
import dev.sluice.events.DeliveryWaiting;
import dev.sluice.events.DriftDetected;
import dev.sluice.events.Envelope;
import dev.sluice.events.Event;
import dev.sluice.events.NotificationDropped;
import dev.sluice.events.NotificationDue;
import dev.sluice.events.NotificationSent;
import dev.sluice.events.ObjectAnnounced;
import dev.sluice.events.ObjectChange;
import dev.sluice.events.RecordRefused;
import dev.sluice.events.SourceChanged;
import dev.sluice.events.SourceDeleted;
import dev.sluice.events.SourceRequested;
import dev.sluice.events.WindowOverridden;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** One line for each event: when after its first cause, which stage, what. */
final class EventLines {

    private static final int SHOWN = 4;

    /** When the first event of each correlation was seen. */
    private final Map<String, Instant> begins = new ConcurrentHashMap<>();

    String line(Envelope<Event> envelope) {
        Instant begin = begins.computeIfAbsent(envelope.correlation(), id -> envelope.time());
        long after = Math.max(0, Duration.between(begin, envelope.time()).toMillis());
        String stage = envelope.producer().substring(envelope.producer().lastIndexOf('/') + 1);
        return "%6d ms  %-14s %s".formatted(after, stage, what(envelope.event()));
    }

    private static String what(Event event) {
        return switch (event) {
            case SourceChanged e ->
                    e.source().kind()
                            + "/"
                            + e.source().name()
                            + " is at "
                            + shortRevision(e.artifact().revision())
                            + (e.commit() == null ? "" : "  \"" + e.commit().message() + "\"");
            case SourceRequested e -> e.source().name() + " asked for by " + e.by();
            case SourceDeleted e -> e.source().name() + " is gone";
            case DeliveryRendered e -> name(e) + " rendered";
            case DeliveryRevealed e -> name(e) + " secrets and variables filled in, sealed, signed";
            case DeliveryApplied e -> name(e) + " applied" + changes(e.changes());
            case DeliveryFailed e -> name(e) + " " + e.reason().word() + ": " + e.message();
            case DeliveryWaiting e -> name(e) + " waits: " + e.message();
            case DeliveryPruned e -> name(e) + " pruned " + list(e.objects());
            case DeliveryDeleted e -> name(e) + " is gone";
            case RecordRefused e -> name(e) + " record refused: " + e.why();
            case WindowOverridden e ->
                    name(e) + " is urgent, applied outside its windows: " + e.why();
            case DriftDetected e ->
                    name(e)
                            + " drift: "
                            + e.objects().stream()
                                    .map(o ->
                                            o.id()
                                                    + " "
                                                    + o.how().wireName()
                                                    + (o.who() == null ? "" : " by " + o.who())
                                                    + " "
                                                    + String.join(", ", o.fields()))
                                    .collect(Collectors.joining("; "));
            case ObjectAnnounced e ->
                    e.object().kind() + "/" + e.object().name() + " says: " + e.message();
            case NotificationDue e -> e.provider() + " is to be told";
            case NotificationSent e -> e.provider() + " was told";
            case NotificationDropped e -> e.provider() + " was not told: " + e.why();
        };
    }

    private static String name(DeliveryEvent event) {
        return event.delivery().kind() + "/" + event.delivery().name();
    }

    private static String changes(List<ObjectChange> changes) {
        if (changes.isEmpty()) {
            return ", nothing to change";
        }
        return ": "
                + list(
                        changes.stream()
                                .map(c -> c.object() + " " + c.action().wireName())
                                .toList());
    }

    private static String list(List<String> items) {
        return items.size() <= SHOWN
                ? String.join(", ", items)
                : String.join(", ", items.subList(0, SHOWN))
                        + " and "
                        + (items.size() - SHOWN)
                        + " more";
    }

    private static String shortRevision(String revision) {
        int colon = revision.lastIndexOf(':');
        return colon < 0 || revision.length() < colon + 9
                ? revision
                : revision.substring(0, colon + 9);
    }
}
