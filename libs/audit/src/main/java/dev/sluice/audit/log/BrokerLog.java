package dev.sluice.audit.log;

import dev.sluice.audit.LogVisitor;
import dev.sluice.audit.LoggedRecord;
import dev.sluice.events.Topic;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The topics of a running broker. No group is joined and nothing is committed. */
public final class BrokerLog implements RecordLog {

    private static final String BROKERS = ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG;
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration POLL = Duration.ofMillis(200);

    private final Map<String, Object> kafka;

    /**
     * @param brokers {@code host:port}
     */
    public BrokerLog(String brokers) {
        this(Map.of(BROKERS, brokers));
    }

    /**
     * @param kafka settings of a client: where the broker is, and what it asks for
     */
    public BrokerLog(Map<String, Object> kafka) {
        this.kafka = Map.copyOf(kafka);
    }

    @Override
    public void read(Collection<Topic> topics, LogVisitor visitor) throws IOException {
        try (KafkaConsumer<String, byte[]> consumer = consumer()) {
            List<TopicPartition> partitions = partitions(consumer, topics);
            Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            begins.forEach((p, offset) -> visitor.begins(p.topic(), p.partition(), offset));
            consumer.assign(partitions);
            partitions.forEach(p -> consumer.seek(p, begins.getOrDefault(p, 0L)));
            drain(consumer, ends, visitor);
        } catch (KafkaException e) {
            throw new IOException(
                    "the broker " + kafka.get(BROKERS) + " cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Reads only the latest records of each partition.
     *
     * @param back how many offsets before the end to begin; a compacted topic has fewer records
     * @return by topic, how many partitions it has
     */
    public Map<String, Integer> readEnds(Collection<Topic> topics, long back, LogVisitor visitor)
            throws IOException {
        try (KafkaConsumer<String, byte[]> consumer = consumer()) {
            List<TopicPartition> partitions = partitions(consumer, topics);
            Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            consumer.assign(partitions);
            for (TopicPartition partition : partitions) {
                long from = ends.getOrDefault(partition, 0L) - back;
                consumer.seek(partition, Math.max(from, begins.getOrDefault(partition, 0L)));
            }
            drain(consumer, ends, visitor);
            return partitions.stream()
                    .collect(Collectors.toMap(TopicPartition::topic, _ -> 1, Integer::sum));
        } catch (KafkaException e) {
            throw new IOException(
                    "the broker " + kafka.get(BROKERS) + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static void drain(
            KafkaConsumer<String, byte[]> consumer,
            Map<TopicPartition, Long> ends,
            LogVisitor visitor) {
        while (consumer.assignment().stream()
                .anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
            consumer.poll(POLL)
                    .forEach(record -> {
                        TopicPartition partition =
                                new TopicPartition(record.topic(), record.partition());
                        if (record.offset() < ends.getOrDefault(partition, 0L)) {
                            visitor.record(LoggedRecord.of(record));
                        }
                    });
        }
    }

    private static List<TopicPartition> partitions(
            KafkaConsumer<String, byte[]> consumer, Collection<Topic> topics) {
        Map<String, List<PartitionInfo>> there = consumer.listTopics(PATIENCE);
        List<TopicPartition> partitions = new ArrayList<>();
        for (Topic topic : topics) {
            there.getOrDefault(topic.topicName(), List.of()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .sorted(Comparator.comparingInt(TopicPartition::partition))
                    .forEach(partitions::add);
        }
        return partitions;
    }

    private KafkaConsumer<String, byte[]> consumer() {
        Map<String, Object> properties = new HashMap<>(kafka);
        // The centre of a fleet is written in transactions, of which some came to nothing.
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 20);
        properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        return new KafkaConsumer<>(
                properties, new StringDeserializer(), new ByteArrayDeserializer());
    }
}
