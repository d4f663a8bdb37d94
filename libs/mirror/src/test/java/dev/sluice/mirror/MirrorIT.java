package dev.sluice.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.broker.EmbeddedBroker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plant and a centre, each with a broker, and a link that is cut. */
class MirrorIT {

    private static final String TOPIC = "history";
    private static final int PARTITIONS = 2;
    private static final int KEYS = 20;
    private static final long LIMIT = 1 << 30;
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @TempDir Path directory;
    private EmbeddedBroker plant;
    private EmbeddedBroker centre;

    @BeforeEach
    void start() throws Exception {
        plant = EmbeddedBroker.start(directory.resolve("plant"), 0);
        centre = EmbeddedBroker.start(directory.resolve("centre"), 0);
        topics(plant, new NewTopic(TOPIC, PARTITIONS, (short) 1));
        topics(centre, new NewTopic(TOPIC, PARTITIONS, (short) 1));
    }

    @AfterEach
    void stop() {
        plant.close();
        centre.close();
    }

    @Test
    void whatHappenedWhileTheLinkWasCutArrivesOnceEachAndInOrder() throws Exception {
        int port = Integer.parseInt(centre.address().replaceAll(".*:", ""));
        try (Mirror mirror = mirror(50_000)) {
            write(0, 1_000);
            await().atMost(PATIENCE).until(() -> read().size() == 1_000);

            centre.close();
            write(1_000, 11_000);
            await().atMost(PATIENCE).until(() -> mirror.trouble() != null);
            centre = EmbeddedBroker.start(directory.resolve("centre"), port);

            await().atMost(PATIENCE).until(() -> read().size() >= 11_000);
        }
        // Killed and started again: nothing comes twice.
        try (Mirror again = mirror(50_000)) {
            write(11_000, 11_100);
            await().atMost(PATIENCE).until(() -> read().size() >= 11_100);
            assertThat(again.trouble()).isNull();
        }

        assertThat(read()).hasSize(11_100);
        Map<String, List<Integer>> byKey = new HashMap<>();
        read().forEach(r ->
                byKey.computeIfAbsent(r.key(), _ -> new ArrayList<>())
                        .add(Integer.parseInt(r.value())));
        assertThat(byKey).hasSize(KEYS);
        byKey.forEach((key, values) ->
                assertThat(values)
                        .containsExactlyElementsOf(
                                IntStream.range(0, 11_100)
                                        .filter(i -> key.equals("key-" + i % KEYS))
                                        .boxed()
                                        .toList()));
        assertThat(
                        new String(
                                read().getFirst().headers().lastHeader("h").value(),
                                StandardCharsets.UTF_8))
                .isEqualTo("v");
    }

    @Test
    void theCentreKnowsHowOldItsKnowledgeIsEvenWhereNothingHappens() {
        try (Mirror mirror = mirror(1000)) {
            await().atMost(PATIENCE)
                    .until(() -> Marks.read(client(centre)).heard().containsKey("plant-7"));
            Marks.Heard first = Marks.read(client(centre)).heard().get("plant-7");

            await().atMost(PATIENCE)
                    .until(() ->
                            Marks.read(client(centre))
                                    .heard()
                                    .get("plant-7")
                                    .at()
                                    .isAfter(first.at()));

            assertThat(first.report().behind()).isZero();
            assertThat(first.report().limit()).isEqualTo(LIMIT);
            assertThat(mirror.trouble()).isNull();
        }
    }

    @Test
    void aPlantThatIsNewIsBehindSinceItsFirstRecord() {
        write(0, 400);
        try (Mirror _ = mirror(1)) {
            await().atMost(PATIENCE)
                    .until(() -> Marks.read(client(centre)).heard().containsKey("plant-7"));
        }

        Marks.Heard heard = Marks.read(client(centre)).heard().get("plant-7");
        assertThat(heard.report().behind()).isPositive();
        assertThat(heard.report().lag()).isPositive().isLessThan(PATIENCE);
    }

    @Test
    void aPlantWhoseClockIsAheadIsNotFreshForLonger() {
        Clock ahead = Clock.offset(Clock.systemUTC(), Duration.ofHours(5));
        try (Mirror _ = mirror(1000, ahead)) {
            await().atMost(PATIENCE)
                    .until(() -> Marks.read(client(centre)).heard().containsKey("plant-7"));
        }

        assertThat(Marks.read(client(centre)).heard().get("plant-7").at())
                .isBefore(Instant.now().plus(Duration.ofHours(1)));
    }

    @Test
    void aMarkBehindWhatAnotherPlantIsWritingIsNotOverlooked() {
        try (KafkaProducer<String, String> another = inTransactions("another-plant")) {
            try (Mirror _ = mirror(50_000)) {
                write(0, 100);
                await().atMost(PATIENCE).until(() -> read().size() == 100);
                // Its link is cut in the middle: what is written after it cannot be read for now.
                another.beginTransaction();
                var _ = another.send(new ProducerRecord<>(MirrorSettings.MARKS, "another", "{}"));
                another.flush();
                write(100, 200);
                await().atMost(PATIENCE).until(() -> read().size() == 200);
            }
            Clock impatient = hourByHour().withZone(ZoneOffset.UTC);

            assertThatThrownBy(() -> Marks.settled(client(centre), impatient))
                    .hasMessageContaining("does not end");
            another.abortTransaction();
        }
        Marks marks = Marks.settled(client(centre), Clock.systemUTC());
        assertThat(marks.positions().values())
                .extracting(Marks.Position::next)
                .allMatch(n -> n > 60);
    }

    @Test
    void aPlantThatLostItsLogBeginsAnew() throws Exception {
        try (Mirror _ = mirror(50_000)) {
            write(0, 100);
            await().atMost(PATIENCE).until(() -> read().size() == 100);
        }
        plant.close();
        plant = EmbeddedBroker.start(directory.resolve("another"), 0);
        topics(plant, new NewTopic(TOPIC, PARTITIONS, (short) 1));
        write(100, 150);

        try (Mirror _ = mirror(50_000)) {
            await().atMost(PATIENCE).until(() -> read().size() >= 150);
        }

        assertThat(read()).hasSize(150);
    }

    private KafkaProducer<String, String> inTransactions(String id) {
        Map<String, Object> settings = new HashMap<>(client(centre));
        settings.put("transactional.id", id);
        KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
        producer.initTransactions();
        return producer;
    }

    private static InstantSource hourByHour() {
        AtomicInteger hours = new AtomicInteger();
        return () -> Instant.EPOCH.plus(Duration.ofHours(hours.incrementAndGet()));
    }

    private Mirror mirror(int perSecond) {
        return mirror(perSecond, Clock.systemUTC());
    }

    private Mirror mirror(int perSecond, Clock clock) {
        return Mirror.start(
                new MirrorSettings(
                        "plant-7",
                        client(plant),
                        client(centre),
                        List.of(TOPIC),
                        perSecond,
                        LIMIT,
                        Duration.ofSeconds(1)),
                clock);
    }

    private static Map<String, Object> client(EmbeddedBroker broker) {
        return Map.of("bootstrap.servers", broker.address());
    }

    private static void topics(EmbeddedBroker broker, NewTopic... topics) throws Exception {
        try (Admin admin = Admin.create(client(broker))) {
            admin.createTopics(List.of(topics)).all().get();
        }
    }

    private void write(int from, int to) {
        Map<String, Object> settings = new HashMap<>(client(plant));
        settings.put("acks", "all");
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            for (int i = from; i < to; i++) {
                ProducerRecord<String, String> record =
                        new ProducerRecord<>(TOPIC, "key-" + i % KEYS, Integer.toString(i));
                record.headers().add("h", "v".getBytes(StandardCharsets.UTF_8));
                var _ = producer.send(record);
            }
        }
    }

    private List<ConsumerRecord<String, String>> read() {
        Map<String, Object> settings = new HashMap<>(client(centre));
        settings.put("isolation.level", "read_committed");
        settings.put("enable.auto.commit", false);
        List<ConsumerRecord<String, String>> records = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions =
                    IntStream.range(0, PARTITIONS)
                            .mapToObj(i -> new TopicPartition(TOPIC, i))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }
}
