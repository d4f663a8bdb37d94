package dev.sluice.topics;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;

/**
 * Which part of some partitions is read.
 *
 * @param begins the first offset of each
 * @param ends the offset after the last of each
 */
public record TopicReading(Map<TopicPartition, Long> begins, Map<TopicPartition, Long> ends) {

    private static final Duration POLL = Duration.ofMillis(200);

    public TopicReading {
        begins = Map.copyOf(begins);
        ends = Map.copyOf(ends);
    }

    /** All that they hold now. */
    public static TopicReading all(
            KafkaConsumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        return new TopicReading(
                consumer.beginningOffsets(partitions), consumer.endOffsets(partitions));
    }

    /**
     * The latest of each.
     *
     * @param count of so many offsets; a compacted topic has fewer records
     */
    public static TopicReading latest(
            KafkaConsumer<?, ?> consumer, Collection<TopicPartition> partitions, long count) {
        TopicReading all = all(consumer, partitions);
        return all.from(all.ends, count);
    }

    /** What was written since then, and of each so many of the latest whatever their age. */
    public static TopicReading since(
            KafkaConsumer<?, ?> consumer,
            Collection<TopicPartition> partitions,
            Instant since,
            long latest) {
        TopicReading all = all(consumer, partitions);
        Map<TopicPartition, Long> times = new HashMap<>();
        partitions.forEach(p -> times.put(p, since.toEpochMilli()));
        Map<TopicPartition, Long> found = new HashMap<>(all.ends);
        Map<TopicPartition, OffsetAndTimestamp> written = consumer.offsetsForTimes(times);
        found.replaceAll((partition, end) -> {
            OffsetAndTimestamp first = written.get(partition);
            return first == null ? end : first.offset();
        });
        return all.from(found, latest);
    }

    private TopicReading from(Map<TopicPartition, Long> places, long latest) {
        Map<TopicPartition, Long> from = new HashMap<>(begins);
        from.replaceAll((partition, begin) -> {
            long end = ends.getOrDefault(partition, 0L);
            long place = places.getOrDefault(partition, end);
            return Math.max(begin, Math.min(place, end - latest));
        });
        return new TopicReading(from, ends);
    }

    /** Reads it, the records of a partition in their order. */
    public <K, V> void read(KafkaConsumer<K, V> consumer, Consumer<ConsumerRecord<K, V>> reader) {
        consumer.assign(begins.keySet());
        begins.forEach(consumer::seek);
        while (ends.entrySet().stream()
                .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            for (ConsumerRecord<K, V> record : consumer.poll(POLL)) {
                if (holds(record)) {
                    reader.accept(record);
                }
            }
        }
    }

    /** What was written while it was read is left to the next reading. */
    private boolean holds(ConsumerRecord<?, ?> record) {
        return record.offset()
                < ends.getOrDefault(new TopicPartition(record.topic(), record.partition()), 0L);
    }
}
