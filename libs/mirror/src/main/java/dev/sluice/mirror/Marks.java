package dev.sluice.mirror;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * What stands in the target about clusters: how far each partition was copied, and when the cluster
 * was last heard of.
 *
 * @param positions by {@code cluster/topic/partition}
 * @param heard by cluster
 */
public record Marks(Map<String, Position> positions, Map<String, Heard> heard) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration POLL = Duration.ofMillis(500);

    /** Longer than the broker leaves a transaction open of which it hears nothing. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /**
     * @param next the offset after the last copied record
     * @param log id of the Kafka whose offset it is; empty where that was not said
     */
    public record Position(long next, String log) {}

    /**
     * What a cluster says of its history.
     *
     * @param behind how many records were still to be copied
     * @param lag how far back the oldest of them lies, about; zero where there is none
     * @param bytes what the history takes on the cluster's disk; -1 where that was not said
     * @param limit how much it may take, in bytes; -1 for no bound
     */
    public record Report(long behind, Duration lag, long bytes, long limit) {}

    /**
     * The last word of a cluster.
     *
     * @param at when it was heard, by the clock of the centre where that keeps the time of its
     *     records, else by the plant's
     */
    public record Heard(Instant at, Report report) {

        /** Up to when all is known that happened there. */
        public Instant knownUpTo() {
            return at.minus(report.lag());
        }
    }

    /** All marks that can be read now. Blocks until they are read; throws Kafka's exceptions. */
    public static Marks read(Map<String, Object> target) {
        Map<String, Object> settings = committed(target);
        try (KafkaConsumer<String, String> consumer = consumer(settings)) {
            List<TopicPartition> partitions = partitions(consumer);
            return read(consumer, consumer.endOffsets(partitions), Instant.MAX, Clock.systemUTC());
        }
    }

    /**
     * All marks there are, also those behind what others are about to write: a mark of ours that is
     * overlooked would have records copied twice. Waits for their transactions to end.
     */
    static Marks settled(Map<String, Object> target, Clock clock) {
        Map<TopicPartition, Long> ends;
        Map<String, Object> all = committed(target);
        all.put("isolation.level", "read_uncommitted");
        try (KafkaConsumer<String, String> consumer = consumer(all)) {
            ends = consumer.endOffsets(partitions(consumer));
        }
        try (KafkaConsumer<String, String> consumer = consumer(committed(target))) {
            return read(consumer, ends, clock.instant().plus(PATIENCE), clock);
        }
    }

    private static Map<String, Object> committed(Map<String, Object> target) {
        Map<String, Object> settings = new HashMap<>(target);
        settings.put("isolation.level", "read_committed");
        settings.put("enable.auto.commit", false);
        return settings;
    }

    private static KafkaConsumer<String, String> consumer(Map<String, Object> settings) {
        return new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
    }

    private static List<TopicPartition> partitions(KafkaConsumer<?, ?> consumer) {
        return consumer.partitionsFor(MirrorSettings.MARKS).stream()
                .map(p -> new TopicPartition(p.topic(), p.partition()))
                .toList();
    }

    private static Marks read(
            KafkaConsumer<String, String> consumer,
            Map<TopicPartition, Long> ends,
            Instant until,
            Clock clock) {
        Map<String, Position> positions = new HashMap<>();
        Map<String, Heard> heard = new HashMap<>();
        consumer.assign(ends.keySet());
        consumer.seekToBeginning(ends.keySet());
        while (ends.keySet().stream()
                .anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
            if (clock.instant().isAfter(until)) {
                throw new KafkaException("a transaction at the centre does not end");
            }
            for (ConsumerRecord<String, String> record : consumer.poll(POLL)) {
                take(record, positions, heard);
            }
        }
        return new Marks(Map.copyOf(positions), Map.copyOf(heard));
    }

    private static void take(
            ConsumerRecord<String, String> record,
            Map<String, Position> positions,
            Map<String, Heard> heard) {
        try {
            @Nullable String value = record.value();
            JsonNode mark = value == null ? JSON.nullNode() : JSON.readTree(value);
            if (mark.has("next")) {
                positions.put(
                        record.key(),
                        new Position(mark.path("next").asLong(), mark.path("log").asText()));
            } else if (mark.has("at")) {
                heard.put(record.key(), new Heard(time(record, mark), report(mark)));
            } else {
                positions.remove(record.key());
                heard.remove(record.key());
            }
        } catch (JsonProcessingException | DateTimeException e) {
            throw new IllegalStateException("a mark that cannot be read: " + record.key(), e);
        }
    }

    /** A plant whose clock is ahead would be fresh for long after it fell silent. */
    private static Instant time(ConsumerRecord<String, String> record, JsonNode mark) {
        return record.timestampType() == TimestampType.LOG_APPEND_TIME
                ? Instant.ofEpochMilli(record.timestamp())
                : Instant.parse(mark.path("at").asText());
    }

    private static Report report(JsonNode mark) {
        return new Report(
                mark.path("behind").asLong(),
                Duration.ofMillis(mark.path("lagMillis").asLong()),
                mark.path("bytes").asLong(-1),
                mark.path("limit").asLong(-1));
    }

    /**
     * @param log id of the Kafka that is copied from: an offset of another one says nothing
     */
    Optional<Long> position(String cluster, TopicPartition partition, String log) {
        return Optional.ofNullable(positions.get(key(cluster, partition)))
                .filter(position -> position.log().isEmpty() || position.log().equals(log))
                .map(Position::next);
    }

    static String key(String cluster, TopicPartition partition) {
        return cluster + '/' + partition.topic() + '/' + partition.partition();
    }

    static String next(long offset, String log) {
        return JSON.createObjectNode().put("next", offset).put("log", log).toString();
    }

    static String heard(Instant at, Report report) {
        ObjectNode mark = JSON.createObjectNode();
        return mark.put("at", at.toString())
                .put("behind", report.behind)
                .put("lagMillis", report.lag.toMillis())
                .put("bytes", report.bytes)
                .put("limit", report.limit)
                .toString();
    }
}
