package dev.sluice.cli.audit;

import dev.sluice.audit.LoggedRecord;
import dev.sluice.events.DeliveryApplied;
import dev.sluice.events.DeliveryEvent;
import dev.sluice.events.DeliveryFailed;
import dev.sluice.events.DeliveryPruned;
import dev.sluice.events.DeliveryRendered;
import dev.sluice.events.DeliveryRevealed;
import dev.sluice.events.DriftDetected;
import dev.sluice.events.Envelope;
import dev.sluice.events.Event;
import dev.sluice.events.EventCodec;
import dev.sluice.events.NotificationEvent;
import dev.sluice.events.ObjectAnnounced;
import dev.sluice.events.SourceChanged;
import dev.sluice.events.SourceEvent;
import dev.sluice.events.SourceRequested;
import dev.sluice.events.SourceRevision;
import dev.sluice.events.Topic;
import dev.sluice.events.UnreadableEventException;
import dev.sluice.manifests.ObjectId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An event of the log.
 *
 * @param topic that it was read from
 */
public record Happening(String topic, Envelope<Event> envelope) {

    /** The order in which everything is told. */
    static final Comparator<Happening> BY_TIME =
            Comparator.comparing(Happening::time).thenComparing(Happening::id);

    /** What a record tells; empty where it is replayed, no event, or a mere mark of deletion. */
    static Optional<Happening> of(LoggedRecord record) {
        try {
            Envelope<Event> envelope =
                    record.header(EventCodec.REPLAY).isEmpty() ? record.envelope() : null;
            return Optional.ofNullable(envelope).map(read -> new Happening(record.topic(), read));
        } catch (UnreadableEventException e) {
            return Optional.empty();
        }
    }

    /** In microseconds, which is what every place that keeps it can keep. */
    public Instant time() {
        return envelope.time().truncatedTo(ChronoUnit.MICROS);
    }

    public String id() {
        return envelope.id();
    }

    public Event event() {
        return envelope.event();
    }

    /** The word of the event, for example {@code delivery.applied}. */
    public String kind() {
        return EventCodec.wordOf(event().getClass());
    }

    public String key() {
        return event().key();
    }

    public String cluster() {
        return key().substring(0, Math.max(0, key().indexOf('/')));
    }

    /** Whether it stands on the trail, as a copy of a state. */
    public boolean isState() {
        return topic.equals(Topic.TRAIL.topicName());
    }

    /** The source that it is about, or that it came from; null where none is known. */
    public @Nullable String source() {
        if (event() instanceof SourceEvent source) {
            return source.source().toString();
        }
        SourceRevision revision = sourceRevision();
        return revision == null ? null : revision.source().toString();
    }

    /** The revision of the source; null where none is known. */
    public @Nullable String revision() {
        if (event() instanceof SourceChanged changed) {
            return changed.artifact().revision();
        }
        if (event() instanceof ObjectAnnounced announced) {
            return announced.metadata().get("revision");
        }
        SourceRevision revision = sourceRevision();
        return revision == null ? null : revision.revision();
    }

    /** Objects that it names, as {@code Kind/namespace/name}. */
    public List<String> objects() {
        return switch (event()) {
            case DeliveryApplied applied ->
                    applied.changes().stream().map(change -> change.object()).toList();
            case DeliveryPruned pruned -> pruned.objects();
            case DriftDetected drift ->
                    drift.objects().stream().map(object -> display(object.id())).toList();
            case ObjectAnnounced announced ->
                    List.of(
                            announced.object().kind()
                                    + '/'
                                    + announced.object().namespace()
                                    + '/'
                                    + announced.object().name());
            default -> List.of();
        };
    }

    /** {@code Kind/namespace/name} of an inventory id, or the id where it is none. */
    static String display(String inventoryId) {
        try {
            return ObjectId.parse(inventoryId).display();
        } catch (IllegalArgumentException e) {
            return inventoryId;
        }
    }

    /** What it says, in one line. */
    public String summary() {
        return switch (event()) {
            case SourceChanged changed -> {
                String commit =
                        changed.commit() == null
                                ? ""
                                : " by "
                                        + changed.commit().author()
                                        + ": "
                                        + changed.commit().message();
                yield changed.artifact().revision() + commit;
            }
            case SourceRequested requested -> "by " + requested.by();
            case DeliveryApplied applied ->
                    applied.source().revision()
                            + ", "
                            + applied.changes().size()
                            + " changed of "
                            + applied.objects().size()
                            + ", "
                            + applied.took().total()
                            + " ms";
            case DeliveryFailed failed ->
                    failed.stage().wireName()
                            + " "
                            + failed.reason().word()
                            + ": "
                            + failed.message();
            case DeliveryPruned pruned -> pruned.objects().size() + " objects, " + pruned.why();
            case DriftDetected drift ->
                    String.join(
                            ", ",
                            drift.objects().stream()
                                    .map(object ->
                                            "%s %s by %s %s"
                                                    .formatted(
                                                            display(object.id()),
                                                            object.how().wireName(),
                                                            object.who(),
                                                            object.fields()))
                                    .toList());
            case ObjectAnnounced announced ->
                    announced.severity().wireName()
                            + " "
                            + announced.reason()
                            + ": "
                            + announced.message();
            case NotificationEvent notification -> "Provider " + notification.provider();
            case DeliveryEvent delivery -> revision() == null ? "" : String.valueOf(revision());
            default -> "";
        };
    }

    private @Nullable SourceRevision sourceRevision() {
        return switch (event()) {
            case DeliveryRendered rendered -> rendered.source();
            case DeliveryRevealed revealed -> revealed.source();
            case DeliveryApplied applied -> applied.source();
            case DeliveryFailed failed -> failed.source();
            default -> null;
        };
    }
}
