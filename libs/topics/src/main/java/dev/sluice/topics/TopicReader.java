package dev.sluice.topics;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Reads what topics of a broker hold, each time with a consumer of its own. Blocks, and throws
 * Kafka's exceptions. Safe for use by many threads.
 */
public final class TopicReader {

    private final Map<String, Object> kafka;

    /**
     * @param kafka settings of a client: where the broker is, and what it asks for
     */
    public TopicReader(Map<String, Object> kafka) {
        this.kafka = new HashMap<>(kafka);
        this.kafka.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        // What was dropped from the beginning meanwhile is passed over, and nothing else.
        this.kafka.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        // At the end of a topic nothing more is waited for.
        this.kafka.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 20);
    }

    /** All of a topic. */
    public TopicReading all(String topic, Consumer<ConsumerRecord<String, byte[]>> reader) {
        return read(consumer -> TopicReading.all(consumer, Partitions.of(consumer, topic)), reader);
    }

    /** What the choice says. */
    public TopicReading read(
            Function<KafkaConsumer<?, ?>, TopicReading> choice,
            Consumer<ConsumerRecord<String, byte[]>> reader) {
        KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(kafka, new StringDeserializer(), new ByteArrayDeserializer());
        try {
            TopicReading reading = choice.apply(consumer);
            reading.read(consumer, reader);
            return reading;
        } finally {
            // There is no group to leave, and all that was fetched was taken.
            consumer.close(CloseOptions.timeout(Duration.ZERO));
        }
    }
}
