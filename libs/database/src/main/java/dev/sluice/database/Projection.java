package dev.sluice.database;

import dev.sluice.audit.LoggedRecord;
import dev.sluice.events.Commit;
import dev.sluice.events.DeliveryApplied;
import dev.sluice.events.DeliveryFailed;
import dev.sluice.events.DeliveryPruned;
import dev.sluice.events.DeliveryRevealed;
import dev.sluice.events.DriftDetected;
import dev.sluice.events.Envelope;
import dev.sluice.events.Event;
import dev.sluice.events.EventCodec;
import dev.sluice.events.NotificationDropped;
import dev.sluice.events.NotificationDue;
import dev.sluice.events.NotificationEvent;
import dev.sluice.events.NotificationSent;
import dev.sluice.events.SourceChanged;
import dev.sluice.events.Topic;
import dev.sluice.events.UnreadableEventException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * From a record to the rows that tell of it; the whole of what the ledger knows is decided here. A
 * record gives the same rows whenever it is read, and no row depends on another record.
 */
final class Projection {

    private Projection() {}

    /** Adds the rows of one record. */
    static void add(LoggedRecord record, Rows rows) {
        if (record.topic().equals(Topic.DEAD_LETTERS.topicName())) {
            letter(record, rows);
            return;
        }
        try {
            Envelope<Event> envelope = record.envelope();
            if (envelope != null) {
                add(record, envelope, rows);
            }
        } catch (UnreadableEventException e) {
            rows.add(
                    Table.UNREADABLE,
                    micros(record.at()),
                    record.place(),
                    plain(String.valueOf(e.getMessage())));
        }
    }

    private static void add(LoggedRecord record, Envelope<Event> envelope, Rows rows) {
        Instant time = micros(envelope.time());
        Event event = envelope.event();
        String key = event.key();
        String replay = record.header(EventCodec.REPLAY);
        rows.add(
                Table.EVENT,
                time,
                envelope.id(),
                EventCodec.wordOf(event.getClass()),
                record.topic(),
                plain(key),
                plain(key.substring(0, Math.max(key.indexOf('/'), 0))),
                plain(envelope.producer()),
                plain(envelope.cause()),
                plain(envelope.correlation()),
                envelope.traceparent(),
                replay.isEmpty() ? null : replay,
                body(record));
        if (!replay.isEmpty()) {
            return;
        }
        switch (event) {
            case SourceChanged changed -> push(time, envelope.id(), changed, rows);
            case DeliveryApplied applied -> {
                // The state topic's copy on the trail is followed by the outcome, which counts.
                if (record.topic().equals(Topic.OUTCOMES.topicName())) {
                    apply(time, envelope, applied, rows);
                }
            }
            case DeliveryPruned pruned ->
                    pruned.objects()
                            .forEach(object ->
                                    rows.add(
                                            Table.CHANGE,
                                            time,
                                            envelope.id(),
                                            pruned.key(),
                                            plain(object),
                                            "pruned"));
            case DeliveryFailed failed -> {
                if (record.topic().equals(Topic.OUTCOMES.topicName())) {
                    failure(time, envelope.id(), failed, rows);
                }
            }
            case DriftDetected drift -> drift(time, envelope.id(), drift, rows);
            case NotificationEvent notification -> alert(time, envelope.id(), notification, rows);
            default -> {}
        }
    }

    /** A note that a letter was put back has no stage, and tells nothing new. */
    private static void letter(LoggedRecord record, Rows rows) {
        String stage = record.header(LoggedRecord.DEAD_LETTER_STAGE);
        if (!stage.isEmpty()) {
            rows.add(
                    Table.UNREADABLE,
                    micros(record.at()),
                    record.place(),
                    plain(
                            "%s-%s@%s of %s, for %s: %s"
                                    .formatted(
                                            record.header("dead-letter-topic"),
                                            record.header("dead-letter-partition"),
                                            record.header("dead-letter-offset"),
                                            record.key(),
                                            stage,
                                            record.header("dead-letter-reason"))));
        }
    }

    private static void push(Instant time, String id, SourceChanged changed, Rows rows) {
        Commit commit = changed.commit();
        rows.add(
                Table.PUSH,
                time,
                id,
                changed.key(),
                plain(changed.artifact().revision()),
                changed.artifact().digest(),
                commit == null ? null : plain(commit.sha()),
                commit == null ? null : plain(commit.author()),
                commit == null ? null : micros(commit.time()).atOffset(java.time.ZoneOffset.UTC),
                commit == null ? null : plain(commit.message()));
    }

    private static void apply(
            Instant time, Envelope<Event> envelope, DeliveryApplied applied, Rows rows) {
        DeliveryRevealed from = applied.from();
        rows.add(
                Table.APPLY,
                time,
                envelope.id(),
                applied.key(),
                applied.source().source().toString(),
                plain(applied.source().revision()),
                applied.source().digest(),
                applied.content(),
                from == null ? null : from.bundle().digest(),
                from == null || from.rendered() == null ? null : from.rendered().digest(),
                applied.objects().size(),
                plain(envelope.cause()),
                plain(envelope.correlation()),
                applied.took().apply(),
                applied.took().total());
        applied.changes()
                .forEach(change ->
                        rows.add(
                                Table.CHANGE,
                                time,
                                envelope.id(),
                                applied.key(),
                                plain(change.object()),
                                change.action().wireName()));
    }

    private static void failure(Instant time, String id, DeliveryFailed failed, Rows rows) {
        rows.add(
                Table.FAILURE,
                time,
                id,
                failed.key(),
                failed.source() == null ? null : plain(failed.source().revision()),
                failed.stage().wireName(),
                failed.reason().word(),
                plain(failed.message()));
    }

    private static void drift(Instant time, String id, DriftDetected drift, Rows rows) {
        drift.objects()
                .forEach(object ->
                        rows.add(
                                Table.DRIFT,
                                time,
                                id,
                                drift.key(),
                                plain(object.id()),
                                object.how().wireName(),
                                object.who() == null ? null : plain(object.who()),
                                object.fields().stream()
                                        .map(Projection::plain)
                                        .toArray(String[]::new),
                                object.fighting()));
    }

    private static void alert(Instant time, String id, NotificationEvent event, Rows rows) {
        Integer attempts = event instanceof NotificationSent sent ? sent.attempts() : null;
        String why = event instanceof NotificationDropped dropped ? plain(dropped.why()) : null;
        rows.add(
                Table.ALERT,
                time,
                id,
                event.key(),
                plain(event.provider()),
                event.notification().announcement(),
                event instanceof NotificationDue ? "due" : why == null ? "sent" : "dropped",
                attempts,
                why);
    }

    /** PostgreSQL keeps microseconds. */
    private static Instant micros(Instant time) {
        return time.truncatedTo(ChronoUnit.MICROS);
    }

    private static String body(LoggedRecord record) {
        byte @Nullable [] body = record.body();
        String json = new String(body == null ? new byte[0] : body, StandardCharsets.UTF_8);
        return json.contains("\\u0000") ? json.replace("\\u0000", "\\ufffd") : json;
    }

    /** PostgreSQL keeps no zero characters. */
    private static String plain(String text) {
        return text.indexOf(0) < 0 ? text : text.replace('\0', '\ufffd');
    }
}
