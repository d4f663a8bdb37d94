package dev.sluice.notifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.broker.EmbeddedBroker;
import dev.sluice.broker.TopicAdmin;
import dev.sluice.events.NotificationId;
import dev.sluice.events.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Announcements on a real broker, and those who share them. */
class IntakeIT {

    private static final Duration SESSION = Duration.ofSeconds(6);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir private Path folder;
    private EmbeddedBroker broker;
    private Map<String, Object> kafka;
    private final List<String> taken = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() throws Exception {
        broker = EmbeddedBroker.start(folder.resolve("log"), 0);
        TopicAdmin.createTopics(broker.address(), (short) 1, Duration.ofDays(1), PATIENCE);
        kafka = Map.of("bootstrap.servers", broker.address());
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    private void announce(int from, int to) {
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(kafka, new StringSerializer(), new ByteArraySerializer())) {
            IntStream.range(from, to)
                    .forEach(i ->
                            producer.send(
                                    new ProducerRecord<>(
                                            Topic.ANNOUNCEMENTS.topicName(),
                                            "object-" + i,
                                            new byte[1])));
        }
    }

    private static List<String> objects(int count) {
        return IntStream.range(0, count).mapToObj(i -> "object-" + i).toList();
    }

    private final class Notifier implements Intake.Work {

        private final Set<Integer> owned = new ConcurrentSkipListSet<>();
        private final Intake intake;

        Notifier(boolean shared) {
            intake =
                    new Intake(
                            new IntakeSettings(kafka, shared, SESSION, Duration.ofMillis(500)),
                            this);
            intake.begin();
        }

        @Override
        public void gained(Share share) {
            owned.addAll(share.partitions());
        }

        @Override
        public void lost(Set<Integer> partitions) {
            owned.removeAll(partitions);
        }

        @Override
        public void take(ConsumerRecord<String, byte[]> announcement) {
            assertThat(owned).contains(announcement.partition());
            assertThat(new Share(owned, 4).partition(announcement.key()))
                    .hasValue(announcement.partition());
            taken.add(announcement.key());
        }
    }

    @Test
    void twoShareTheAnnouncementsAndWhoStaysTakesThoseOfTheOther() {
        Notifier one = new Notifier(true);
        Notifier two = new Notifier(true);
        await().atMost(PATIENCE).until(() -> one.owned.size() == 2 && two.owned.size() == 2);
        assertThat(Collections.disjoint(one.owned, two.owned)).isTrue();

        announce(0, 40);
        await().atMost(PATIENCE).until(() -> taken.size() == 40);
        one.intake.close();
        announce(40, 80);
        await().atMost(PATIENCE).until(() -> taken.size() >= 80);
        two.intake.close();

        assertThat(two.owned).isEmpty();
        assertThat(taken).containsExactlyInAnyOrderElementsOf(objects(80));
    }

    @Test
    void aloneGoesOnWhereItWas() {
        announce(0, 10);
        Notifier first = new Notifier(false);
        await().atMost(PATIENCE).until(() -> taken.size() == 10);
        assertThat(first.owned).hasSize(4);
        first.intake.close();
        announce(10, 20);

        Notifier second = new Notifier(false);
        await().atMost(PATIENCE).until(() -> taken.size() >= 20);
        second.intake.close();

        assertThat(taken).containsExactlyInAnyOrderElementsOf(objects(20));
    }

    @Test
    void oneReadsHowFarAnotherHasCome() {
        NotificationId id = new NotificationId("munich", "team", "on-call", "1");
        try (Journal one = TopicJournal.open(kafka);
                Journal other = TopicJournal.open(kafka)) {
            one.write(new Attempt(Attempt.Mark.TAKEN, id, "chat"));

            await().atMost(PATIENCE).until(() -> other.read().equals(Set.of(id)));
        }
    }
}
