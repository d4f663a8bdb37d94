package dev.sluice.notifier;

import dev.sluice.events.Envelope;
import dev.sluice.events.Event;
import dev.sluice.events.NotificationEvent;
import dev.sluice.events.Topic;
import dev.sluice.events.UnreadableEventException;
import dev.sluice.pipeline.DeadLetters;
import dev.sluice.pipeline.EventReader;
import dev.sluice.topics.Partitions;
import dev.sluice.topics.TopicReader;
import dev.sluice.topics.TopicReading;
import java.time.Instant;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What {@code sluice.notifications} tells of the time in which something may still wait, and the
 * latest records whatever their age, since the notifier may have been away.
 */
final class NotificationHistory {

    private static final long LATEST = 2000;

    private final TopicReader reader;
    private final DeadLetters deadLetters;

    /**
     * @param kafka how to reach the broker
     */
    NotificationHistory(Map<String, Object> kafka, DeadLetters deadLetters) {
        this.reader = new TopicReader(kafka);
        this.deadLetters = deadLetters;
    }

    /** Tells all of it, in the order of each Alert. Blocks until all is read. */
    void read(Instant since, BiConsumer<NotificationEvent, Envelope<?>> told) {
        reader.read(
                consumer ->
                        TopicReading.since(
                                consumer,
                                Partitions.of(consumer, Topic.NOTIFICATIONS.topicName()),
                                since,
                                LATEST),
                record -> take(record, told));
    }

    private void take(
            ConsumerRecord<String, byte[]> record,
            BiConsumer<NotificationEvent, Envelope<?>> told) {
        try {
            Envelope<Event> envelope = EventReader.read(record);
            if (envelope != null && envelope.event() instanceof NotificationEvent event) {
                told.accept(event, envelope);
            }
        } catch (UnreadableEventException e) {
            deadLetters.put("restore-" + record.topic(), record, e);
        }
    }
}
