package dev.sluice.pipeline;

import dev.sluice.events.Topic;
import dev.sluice.events.UnreadableEventException;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Reads a state topic from its beginning to its present end, at the start of a service, so that the
 * service knows what was wanted and what it has done.
 */
@ApplicationScoped
public class TopicRestorer {

    private final Map<String, Object> kafka;
    private final DeadLetters deadLetters;

    TopicRestorer(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            DeadLetters deadLetters) {
        this.kafka = Map.copyOf(kafka);
        this.deadLetters = deadLetters;
    }

    /** A table of all that the topic holds now. Blocks until it is read. */
    public StateTable restore(Topic topic) {
        return restoreWithEnds(topic).table();
    }

    /** As {@link #restore}, of some partitions only. */
    public StateTable restore(Topic topic, Set<Integer> partitions) {
        return read(topic, partition -> partitions.contains(partition.partition())).table();
    }

    /** As {@link #restore}, and where it ended. */
    public Restored restoreWithEnds(Topic topic) {
        return read(topic, _ -> true);
    }

    private Restored read(Topic topic, Predicate<TopicPartition> wanted) {
        StateTable table = new StateTable();
        Map<Integer, Long> upTo = new HashMap<>();
        try (KafkaConsumer<String, byte[]> consumer = consumer()) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(topic.topicName()).stream()
                            .map(p -> new TopicPartition(p.topic(), p.partition()))
                            .filter(wanted)
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            ends.forEach((partition, end) -> upTo.put(partition.partition(), end));
            while (partitions.stream()
                    .anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
                for (ConsumerRecord<String, byte[]> record :
                        consumer.poll(Duration.ofMillis(200))) {
                    take(table, topic, record);
                }
            }
        }
        return new Restored(table, upTo);
    }

    private void take(StateTable table, Topic topic, ConsumerRecord<String, byte[]> record) {
        try {
            table.take(record);
        } catch (UnreadableEventException e) {
            deadLetters.put("restore-" + topic.topicName(), record, e);
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
