package dev.sluice.notifier;

import dev.sluice.events.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads what a topic holds up to its present end, the records of a partition in their order. */
final class TopicReading {

    private final Map<String, Object> kafka;

    /**
     * @param kafka how to reach the broker
     */
    TopicReading(Map<String, Object> kafka) {
        this.kafka = new HashMap<>(kafka);
        this.kafka.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        this.kafka.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 20);
    }

    /** All there is. */
    void all(Topic topic, Consumer<ConsumerRecord<String, byte[]>> reader) {
        read(topic, Instant.EPOCH, 0, reader);
    }

    /**
     * What was written since then, and in each partition so many of the latest whatever their age.
     */
    void since(
            Topic topic,
            Instant since,
            long latest,
            Consumer<ConsumerRecord<String, byte[]>> reader) {
        read(topic, since, latest, reader);
    }

    private void read(
            Topic topic,
            Instant since,
            long latest,
            Consumer<ConsumerRecord<String, byte[]>> reader) {
        KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(kafka, new StringDeserializer(), new ByteArrayDeserializer());
        try {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(topic.topicName()).stream()
                            .map(p -> new TopicPartition(p.topic(), p.partition()))
                            .toList();
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            begins(consumer, partitions, ends, since, latest).forEach(consumer::seek);
            while (partitions.stream()
                    .anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
                consumer.poll(Duration.ofMillis(200)).forEach(reader);
            }
        } finally {
            consumer.close(CloseOptions.timeout(Duration.ZERO));
        }
    }

    private static Map<TopicPartition, Long> begins(
            KafkaConsumer<?, ?> consumer,
            List<TopicPartition> partitions,
            Map<TopicPartition, Long> ends,
            Instant since,
            long latest) {
        Map<TopicPartition, Long> begins = new HashMap<>(consumer.beginningOffsets(partitions));
        if (since.equals(Instant.EPOCH)) {
            return begins;
        }
        Map<TopicPartition, Long> times = new HashMap<>();
        partitions.forEach(p -> times.put(p, since.toEpochMilli()));
        Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(times);
        begins.replaceAll((partition, beginning) -> {
            long end = ends.getOrDefault(partition, 0L);
            OffsetAndTimestamp at = found.get(partition);
            return Math.max(beginning, Math.min(at == null ? end : at.offset(), end - latest));
        });
        return begins;
    }
}
