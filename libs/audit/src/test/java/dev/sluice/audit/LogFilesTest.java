package dev.sluice.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.audit.LoggedRecord.Header;
import dev.sluice.audit.log.BrokerLog;
import dev.sluice.audit.log.LogDirectory;
import dev.sluice.audit.log.RecordLog;
import dev.sluice.broker.EmbeddedBroker;
import dev.sluice.broker.TopicAdmin;
import dev.sluice.events.Topic;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real broker's log, read from the broker and from its files. */
class LogFilesTest {

    private static final int RECORDS = 200;

    @Test
    void brokerAndFilesTellTheSameAndAFlippedByteIsFound(@TempDir Path data) throws Exception {
        List<LoggedRecord> told = new ArrayList<>();
        try (EmbeddedBroker broker = EmbeddedBroker.start(data.resolve("kafka"), 0)) {
            TopicAdmin.createTopics(
                    broker.address(), (short) 1, Duration.ofDays(1), Duration.ofSeconds(30));
            write(broker.address());
            RecordLog log = new BrokerLog(broker.address());
            log.read(List.of(Topic.OUTCOMES), told::add);
            assertThat(verify(log).findings()).isEmpty();
            assertThat(ends(broker.address())).isEqualTo(4);
        }
        RecordLog files = LogDirectory.in(data);
        List<String> inFiles = new ArrayList<>();
        files.read(List.of(Topic.OUTCOMES), record -> inFiles.add(record.place()));

        assertThat(inFiles)
                .containsExactlyInAnyOrderElementsOf(
                        told.stream().map(LoggedRecord::place).toList())
                .hasSize(RECORDS);
        assertThat(verify(files).findings()).isEmpty();

        flipAByte(data.resolve("kafka/sluice.outcomes-1"));

        assertThat(verify(files).findings())
                .extracting(Finding::kind)
                .contains(Finding.Kind.CHANGED);
    }

    private static VerificationReport verify(RecordLog log) throws Exception {
        Verification verification = new Verification(TrustedKeys.none());
        log.read(List.of(Topic.values()), verification);
        return verification.report();
    }

    private static int ends(String brokers) throws Exception {
        List<LoggedRecord> latest = new ArrayList<>();
        int partitions =
                new BrokerLog(brokers)
                        .readEnds(List.of(Topic.OUTCOMES), 1, latest::add)
                        .get(Topic.OUTCOMES.topicName());
        assertThat(latest).hasSize(partitions);
        return partitions;
    }

    private static void write(String brokers) throws Exception {
        Chain chain =
                new Chain(
                        Topic.OUTCOMES.topicName(),
                        ServiceKey.generate(new SecureRandom()),
                        "run",
                        TopicAdmin.PARTITIONS,
                        Map.of());
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", brokers),
                        new StringSerializer(),
                        new ByteArraySerializer())) {
            for (int i = 0; i < RECORDS; i++) {
                String key = "plant/Kustomization/apps/app-" + i % 20;
                byte[] body = ("{\"n\":" + i + "}").getBytes(StandardCharsets.UTF_8);
                chain.append(
                        key,
                        "event-" + i,
                        List.of(
                                Header.of("ce_id", "event-" + i),
                                Header.of("ce_source", "sluice/applier")),
                        body,
                        seal -> {
                            ProducerRecord<String, byte[]> record =
                                    new ProducerRecord<>(
                                            Topic.OUTCOMES.topicName(),
                                            seal.partition(),
                                            key,
                                            body);
                            seal.headers()
                                    .forEach(header ->
                                            record.headers()
                                                    .add(
                                                            new RecordHeader(
                                                                    header.name(),
                                                                    header.value())));
                            producer.send(record);
                        });
            }
        }
    }

    private static void flipAByte(Path partition) throws Exception {
        Path segment;
        try (Stream<Path> files = Files.list(partition)) {
            segment = files.filter(f -> f.toString().endsWith(".log")).findFirst().orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(segment);
        bytes[bytes.length / 2] ^= 1;
        Files.write(segment, bytes);
    }
}
