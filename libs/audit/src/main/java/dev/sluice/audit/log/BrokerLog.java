package dev.sluice.audit.log;

import dev.sluice.audit.LogVisitor;
import dev.sluice.audit.LoggedRecord;
import dev.sluice.events.Topic;
import dev.sluice.topics.TopicReader;
import dev.sluice.topics.TopicReading;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/** The topics of a running broker. No group is joined and nothing is committed. */
public final class BrokerLog implements RecordLog {

    private static final String BROKERS = ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG;
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final String brokers;
    private final TopicReader reader;

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
        Map<String, Object> settings = new HashMap<>(kafka);
        // The centre of a fleet is written in transactions, of which some came to nothing.
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        this.brokers = String.valueOf(kafka.get(BROKERS));
        this.reader = new TopicReader(settings);
    }

    @Override
    public void read(Collection<Topic> topics, LogVisitor visitor) throws IOException {
        read(
                consumer -> {
                    TopicReading all = TopicReading.all(consumer, partitions(consumer, topics));
                    all.begins()
                            .forEach((p, offset) ->
                                    visitor.begins(p.topic(), p.partition(), offset));
                    return all;
                },
                visitor);
    }

    /**
     * Reads only the latest records of each partition.
     *
     * @param back how many offsets before the end to begin; a compacted topic has fewer records
     * @return by topic, how many partitions it has
     */
    public Map<String, Integer> readEnds(Collection<Topic> topics, long back, LogVisitor visitor)
            throws IOException {
        TopicReading read =
                read(
                        consumer ->
                                TopicReading.latest(consumer, partitions(consumer, topics), back),
                        visitor);
        return read.ends().keySet().stream()
                .collect(Collectors.toMap(TopicPartition::topic, _ -> 1, Integer::sum));
    }

    private TopicReading read(
            Function<KafkaConsumer<?, ?>, TopicReading> choice, LogVisitor visitor)
            throws IOException {
        try {
            return reader.read(choice, record -> visitor.record(LoggedRecord.of(record)));
        } catch (KafkaException e) {
            throw new IOException(
                    "the broker " + brokers + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static List<TopicPartition> partitions(
            KafkaConsumer<?, ?> consumer, Collection<Topic> topics) {
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
}
