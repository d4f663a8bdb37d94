package dev.sluice.pipeline;

import dev.sluice.events.Topic;
import dev.sluice.events.UnreadableEventException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Reads a state topic from its beginning to its present end, at the start of a service, so that the
 * service knows what was wanted and what it has done.
 */
@ApplicationScoped
public class TopicRestorer {

    private final String brokers;
    private final DeadLetters deadLetters;

    TopicRestorer(
            @ConfigProperty(name = "kafka.bootstrap.servers") String brokers,
            DeadLetters deadLetters) {
        this.brokers = brokers;
        this.deadLetters = deadLetters;
    }

    /** A table of all that the topic holds now. Blocks until it is read. */
    public StateTable restore(Topic topic) {
        return restoreWithEnds(topic).table();
    }

    /** As {@link #restore}, and where it ended. */
    public Restored restoreWithEnds(Topic topic) {
        StateTable table = new StateTable();
        Map<Integer, Long> upTo = new HashMap<>();
        try (KafkaConsumer<String, byte[]> consumer = consumer()) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(topic.topicName()).stream()
                            .map(p -> new TopicPartition(p.topic(), p.partition()))
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
        Properties properties = new Properties();
        properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, brokers);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 20);
        return new KafkaConsumer<>(
                properties, new StringDeserializer(), new ByteArrayDeserializer());
    }
}
