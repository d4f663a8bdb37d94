package dev.sluice.notifier;

import dev.sluice.events.Envelope;
import dev.sluice.events.Event;
import dev.sluice.events.NotificationEvent;
import dev.sluice.events.Topic;
import dev.sluice.events.UnreadableEventException;
import dev.sluice.pipeline.DeadLetters;
import dev.sluice.pipeline.EventReader;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Reads at the start what {@code sluice.notifications} tells of the time in which something may
 * still wait, and the latest records whatever their age, since the notifier may have been away.
 */
final class NotificationHistory {

    private static final long LATEST = 2000;

    private final Map<String, Object> kafka;
    private final DeadLetters deadLetters;

    /**
     * @param kafka how to reach the broker
     */
    NotificationHistory(Map<String, Object> kafka, DeadLetters deadLetters) {
        this.kafka = Map.copyOf(kafka);
        this.deadLetters = deadLetters;
    }

    /** Fills the outbox. Blocks until all is read. */
    void restore(Outbox outbox, Instant since) {
        try (KafkaConsumer<String, byte[]> consumer = consumer()) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(Topic.NOTIFICATIONS.topicName()).stream()
                            .map(p -> new TopicPartition(p.topic(), p.partition()))
                            .toList();
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            seek(consumer, partitions, ends, since);
            while (partitions.stream()
                    .anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
                for (ConsumerRecord<String, byte[]> record :
                        consumer.poll(Duration.ofMillis(200))) {
                    take(outbox, record);
                }
            }
        }
    }

    private static void seek(
            KafkaConsumer<String, byte[]> consumer,
            List<TopicPartition> partitions,
            Map<TopicPartition, Long> ends,
            Instant since) {
        Map<TopicPartition, Long> times = new HashMap<>();
        partitions.forEach(p -> times.put(p, since.toEpochMilli()));
        Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(times);
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions);
        for (TopicPartition partition : partitions) {
            long end = ends.getOrDefault(partition, 0L);
            OffsetAndTimestamp at = found.get(partition);
            long from = Math.min(at == null ? end : at.offset(), end - LATEST);
            consumer.seek(partition, Math.max(from, beginnings.getOrDefault(partition, 0L)));
        }
    }

    private void take(Outbox outbox, ConsumerRecord<String, byte[]> record) {
        try {
            Envelope<Event> envelope = EventReader.read(record);
            if (envelope != null && envelope.event() instanceof NotificationEvent event) {
                outbox.restore(event, envelope);
            }
        } catch (UnreadableEventException e) {
            deadLetters.put("restore-" + record.topic(), record, e);
        }
    }

    private KafkaConsumer<String, byte[]> consumer() {
        Map<String, Object> properties = new HashMap<>(kafka);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 20);
        return new KafkaConsumer<>(
                properties, new StringDeserializer(), new ByteArrayDeserializer());
    }
}
