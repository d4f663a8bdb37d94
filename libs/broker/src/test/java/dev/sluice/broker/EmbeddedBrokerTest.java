package dev.sluice.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.events.Topic;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir Path directory;

    @Test
    void keepsUnconsumedRecordsOverARestartOnOtherPorts() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("log"), 0)) {
            TopicAdmin.createTopics(broker.address(), (short) 1, Duration.ofDays(1), PATIENCE);
            write(broker.address(), "first", "second");
        }

        try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("log"), 0)) {
            TopicAdmin.createTopics(broker.address(), (short) 1, Duration.ofDays(1), PATIENCE);
            assertThat(readAll(broker.address(), 2)).containsExactly("first", "second");
            assertThat(topicNames(broker.address())).contains(Topic.SOURCES.topicName());
        }
    }

    @Test
    void saysWhichBrokerDoesNotAnswer() {
        assertThatThrownBy(() ->
                        TopicAdmin.createTopics(
                                "127.0.0.1:1",
                                (short) 1,
                                Duration.ofDays(1),
                                Duration.ofMillis(200)))
                .isInstanceOf(BrokerException.class)
                .hasMessageContaining("127.0.0.1:1");
    }

    private static void write(String brokers, String... values) throws Exception {
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", brokers, "acks", "all"),
                        new StringSerializer(),
                        new StringSerializer())) {
            for (String value : values) {
                producer.send(
                                new ProducerRecord<>(
                                        Topic.SOURCES.topicName(), 0, "key-" + value, value))
                        .get();
            }
        }
    }

    private static List<String> readAll(String brokers, int count) {
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(
                        Map.of("bootstrap.servers", brokers),
                        new StringDeserializer(),
                        new StringDeserializer())) {
            TopicPartition partition = new TopicPartition(Topic.SOURCES.topicName(), 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            while (values.size() < count) {
                consumer.poll(Duration.ofSeconds(1))
                        .forEach(r ->
                                values.add(
                                        new String(
                                                r.value().getBytes(StandardCharsets.UTF_8),
                                                StandardCharsets.UTF_8)));
            }
        }
        return values;
    }

    private static Set<String> topicNames(String brokers) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
            return admin.listTopics().names().get();
        }
    }
}
