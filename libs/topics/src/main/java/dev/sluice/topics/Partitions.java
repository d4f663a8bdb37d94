package dev.sluice.topics;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;

/** Partitions of topics, and which one a key has. */
public final class Partitions {

    private Partitions() {}

    /** Those that a topic has. */
    public static List<TopicPartition> of(KafkaConsumer<?, ?> consumer, String topic) {
        return consumer.partitionsFor(topic).stream()
                .map(p -> new TopicPartition(p.topic(), p.partition()))
                .toList();
    }

    /**
     * The number of the partition that Kafka's producers choose for a key.
     *
     * @param all how many there are, at least 1
     */
    public static int ofKey(String key, int all) {
        return Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8))) % all;
    }

    public static Set<Integer> numbers(Collection<TopicPartition> partitions) {
        return partitions.stream()
                .map(TopicPartition::partition)
                .collect(Collectors.toUnmodifiableSet());
    }
}
