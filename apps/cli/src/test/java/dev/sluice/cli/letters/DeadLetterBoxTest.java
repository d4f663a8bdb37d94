package dev.sluice.cli.letters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.broker.EmbeddedBroker;
import dev.sluice.broker.TopicAdmin;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadLetterBoxTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir private Path folder;

    @Test
    void putsLettersBackAsTheyWere() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("log"), 0)) {
            TopicAdmin.createTopics(broker.address(), (short) 1, Duration.ofDays(1), PATIENCE);
            put(broker.address(), "first");
            put(broker.address(), "second");
            DeadLetterBox box = new DeadLetterBox(broker.address(), PATIENCE);

            List<DeadLetter> letters = box.list(false);
            assertThat(letters).hasSize(2);
            DeadLetter first = letters.getFirst();
            assertThat(first.stage()).isEqualTo("renderer");
            assertThat(first.reason()).isEqualTo("no JSON");
            assertThat(first.topic()).isEqualTo("sluice.drift");
            assertThat(first.key()).isEqualTo("key-first");

            box.retry(first);

            assertThat(box.list(false)).extracting(DeadLetter::id).doesNotContain(first.id());
            assertThat(box.list(true)).hasSize(2);
            assertThat(returned(broker.address()))
                    .containsExactly("key-first=first [ce_type=x, sluice-chain=of the record]");
        }
    }

    private static void put(String brokers, String value) throws Exception {
        try (var producer =
                new KafkaProducer<>(
                        Map.<String, Object>of("bootstrap.servers", brokers),
                        new StringSerializer(),
                        new StringSerializer())) {
            var record = new ProducerRecord<>("sluice.dead-letters", "key-" + value, value);
            Map.of(
                            "ce_type", "x",
                            "dead-letter-stage", "renderer",
                            "dead-letter-reason", "no JSON",
                            "dead-letter-topic", "sluice.drift",
                            "dead-letter-partition", "1",
                            "dead-letter-offset", "7",
                            "dead-letter-sluice-chain", "of the record",
                            "sluice-chain", "of the letter")
                    .forEach((name, text) ->
                            record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
            producer.send(record).get();
        }
    }

    private static List<String> returned(String brokers) {
        try (var consumer =
                new KafkaConsumer<>(
                        Map.<String, Object>of("bootstrap.servers", brokers),
                        new StringDeserializer(),
                        new StringDeserializer())) {
            var partitions =
                    consumer.partitionsFor("sluice.drift").stream()
                            .map(p -> new TopicPartition(p.topic(), p.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var records = new ArrayList<String>();
            while (records.isEmpty()) {
                consumer.poll(Duration.ofMillis(200))
                        .forEach(r ->
                                records.add(
                                        r.key()
                                                + '='
                                                + r.value()
                                                + " ["
                                                + Arrays.stream(r.headers().toArray())
                                                        .map(h -> h.key() + '=' + text(h))
                                                        .sorted()
                                                        .collect(Collectors.joining(", "))
                                                + "]"));
            }
            return records;
        }
    }

    private static String text(Header header) {
        return new String(header.value(), StandardCharsets.UTF_8);
    }

    @Test
    void tellsThatABrokerIsAway() {
        DeadLetterBox box = new DeadLetterBox("127.0.0.1:1", Duration.ofMillis(300));

        assertThatThrownBy(() -> box.list(false))
                .isInstanceOf(LetterException.class)
                .hasMessageStartingWith("The broker does not tell");
    }
}
