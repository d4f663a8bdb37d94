package dev.sluice.mirror;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * What stands in the target about clusters: how far each partition was copied, and when the cluster
 * was last heard of.
 *
 * @param positions by {@code cluster/topic/partition}, the offset after the last copied record
 * @param heard by cluster
 */
public record Marks(Map<String, Long> positions, Map<String, Heard> heard) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration POLL = Duration.ofMillis(500);

    /**
     * The last word of a cluster.
     *
     * @param at when it was said, by the plant's clock
     * @param behind how many records were still to be copied then
     */
    public record Heard(Instant at, long behind) {}

    /** Reads all marks. Blocks until they are read; throws Kafka's exceptions. */
    public static Marks read(Map<String, Object> target) {
        Map<String, Object> settings = new HashMap<>(target);
        settings.put("isolation.level", "read_committed");
        settings.put("enable.auto.commit", false);
        Map<String, Long> positions = new HashMap<>();
        Map<String, Heard> heard = new HashMap<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(MirrorSettings.MARKS).stream()
                            .map(p -> new TopicPartition(p.topic(), p.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream()
                    .anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
                for (ConsumerRecord<String, String> record : consumer.poll(POLL)) {
                    take(record.key(), record.value(), positions, heard);
                }
            }
        }
        return new Marks(Map.copyOf(positions), Map.copyOf(heard));
    }

    private static void take(
            String key,
            @Nullable String value,
            Map<String, Long> positions,
            Map<String, Heard> heard) {
        try {
            JsonNode mark = value == null ? JSON.nullNode() : JSON.readTree(value);
            if (mark.has("next")) {
                positions.put(key, mark.path("next").asLong());
            } else if (mark.has("at")) {
                heard.put(
                        key,
                        new Heard(
                                Instant.parse(mark.path("at").asText()),
                                mark.path("behind").asLong()));
            }
        } catch (JsonProcessingException | java.time.DateTimeException e) {
            throw new IllegalStateException("a mark that cannot be read: " + key, e);
        }
    }

    Optional<Long> position(String cluster, TopicPartition partition) {
        return Optional.ofNullable(positions.get(key(cluster, partition)));
    }

    static String key(String cluster, TopicPartition partition) {
        return cluster + '/' + partition.topic() + '/' + partition.partition();
    }

    static String next(long offset) {
        return "{\"next\":" + offset + "}";
    }

    static String heard(Heard heard) {
        ObjectNode mark = JSON.createObjectNode();
        return mark.put("at", heard.at.toString()).put("behind", heard.behind).toString();
    }
}
