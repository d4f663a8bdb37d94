package dev.sluice.topics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.broker.EmbeddedBroker;
import dev.sluice.broker.TopicAdmin;
import dev.sluice.events.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Topics of a real broker: ten records in one partition, a minute apart, and one in another. */
class TopicReaderIT {

    private static final String TOPIC = Topic.OUTCOMES.topicName();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Instant FIRST = Instant.now().minus(Duration.ofHours(1));

    @TempDir private static Path folder;
    private static EmbeddedBroker broker;
    private static TopicReader reader;
    private static KafkaProducer<String, byte[]> producer;

    @BeforeAll
    static void start() throws Exception {
        broker = EmbeddedBroker.start(folder.resolve("log"), 0);
        TopicAdmin.createTopics(broker.address(), (short) 1, Duration.ofDays(1), PATIENCE);
        Map<String, Object> kafka = Map.of("bootstrap.servers", broker.address());
        reader = new TopicReader(kafka);
        producer = new KafkaProducer<>(kafka, new StringSerializer(), new ByteArraySerializer());
        for (int i = 0; i < 10; i++) {
            write(0, FIRST.plus(Duration.ofMinutes(i)), "key-" + i);
        }
        write(1, FIRST, "other");
    }

    @AfterAll
    static void stop() {
        producer.close();
        broker.close();
    }

    private static void write(int partition, Instant at, String key) throws Exception {
        long time = at.toEpochMilli();
        producer.send(new ProducerRecord<>(TOPIC, partition, time, key, new byte[1])).get();
    }

    @Test
    void readsAllInOrderAndTellsWhereItEnded() {
        List<String> keys = new ArrayList<>();

        TopicReading read = reader.all(TOPIC, record -> keys.add(record.key()));

        assertThat(keys)
                .hasSize(11)
                .contains("other")
                .containsSubsequence("key-0", "key-1", "key-2", "key-3", "key-4", "key-5")
                .containsSubsequence("key-5", "key-6", "key-7", "key-8", "key-9");
        assertThat(read.ends())
                .containsEntry(new TopicPartition(TOPIC, 0), 10L)
                .containsEntry(new TopicPartition(TOPIC, 1), 1L);
    }

    @Test
    void readsTheLatestOfEachPartitionAlone() {
        List<String> keys = new ArrayList<>();

        reader.read(
                consumer -> TopicReading.latest(consumer, Partitions.of(consumer, TOPIC), 2),
                record -> keys.add(record.key()));

        assertThat(keys).containsExactlyInAnyOrder("key-8", "key-9", "other");
    }

    @Test
    void readsWhatIsNewerAndSoManyOfTheLatestAnyway() {
        List<String> newer = new ArrayList<>();
        List<String> older = new ArrayList<>();

        readSince(FIRST.plus(Duration.ofMinutes(7)), 2, newer);
        readSince(FIRST.plus(Duration.ofDays(1)), 3, older);

        assertThat(newer).containsExactlyInAnyOrder("key-7", "key-8", "key-9", "other");
        assertThat(older).containsExactlyInAnyOrder("key-7", "key-8", "key-9", "other");
    }

    private static void readSince(Instant since, long latest, List<String> keys) {
        reader.read(
                consumer ->
                        TopicReading.since(consumer, Partitions.of(consumer, TOPIC), since, latest),
                record -> keys.add(record.key()));
    }

    @Test
    void leavesWhatIsWrittenMeanwhileToTheNextReading() throws Exception {
        String topic = Topic.DRIFT.topicName();
        producer.send(new ProducerRecord<>(topic, 0, "before", new byte[1])).get();
        List<String> keys = new ArrayList<>();

        reader.read(
                consumer -> {
                    TopicReading all = TopicReading.all(consumer, Partitions.of(consumer, topic));
                    writeLater(topic);
                    return all;
                },
                record -> keys.add(record.key()));

        assertThat(keys).containsExactly("before");
    }

    private static void writeLater(String topic) {
        producer.send(new ProducerRecord<>(topic, 0, "later", new byte[1]));
        producer.flush();
    }
}
