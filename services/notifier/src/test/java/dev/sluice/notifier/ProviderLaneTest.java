package dev.sluice.notifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.events.Envelope;
import dev.sluice.events.Event;
import dev.sluice.events.NotificationDropped;
import dev.sluice.events.NotificationDue;
import dev.sluice.events.NotificationEvent;
import dev.sluice.events.NotificationId;
import dev.sluice.events.NotificationSent;
import dev.sluice.events.ObjectAnnounced;
import dev.sluice.events.Severity;
import dev.sluice.kubernetes.Cluster;
import dev.sluice.notifier.provider.Samples;
import dev.sluice.pipeline.EventIds;
import dev.sluice.pipeline.EventSender;
import dev.sluice.pipeline.KeyedLanes;
import dev.sluice.pipeline.Next;
import dev.sluice.testkit.topics.KeptRecords;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Telling one Provider, over real HTTP, on a clock that the test moves. */
class ProviderLaneTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectName CHAT = new ObjectName("team", "chat");
    private static final Duration DAY = Duration.ofHours(24);
    private static final int PARTITION = 2;

    private final MovedClock clock = new MovedClock();
    private final KeptRecords records = new KeptRecords();
    private final EventSender sender =
            new EventSender(records, "sluice/notifier", EventIds.system(), clock);
    // Never asked: the Providers of these tests have no Secrets.
    private final Cluster cluster =
            Cluster.connect(new ConfigBuilder().withMasterUrl("http://127.0.0.1:1").build());
    private final ObjectTable<KnownProvider> providers =
            new ObjectTable<>("Provider", KnownProvider::read, _ -> {});
    private Receiver receiver;
    private Outbox outbox;
    private ProviderLane lane;
    private final List<Attempt> journal = new CopyOnWriteArrayList<>();
    private boolean trusted = true;

    @BeforeEach
    void start() throws Exception {
        receiver = new Receiver();
        provide(receiver.url(), "");
        restart();
    }

    @AfterEach
    void stop() {
        receiver.close();
        cluster.close();
    }

    private void restart() {
        Attempt.Reading attempts = new Attempt.Reading();
        journal.forEach(attempts::take);
        outbox = new Outbox(sender, 3, journal::add, () -> trusted);
        for (Event event : records.events()) {
            outbox.restore((NotificationEvent) event, envelope(event), OptionalInt.of(PARTITION));
        }
        outbox.arrive(attempts.taken());
        ObjectTable<KnownAlert> alerts = new ObjectTable<>("Alert", KnownAlert::read, _ -> {});
        lane =
                new ProviderLane(
                        providers,
                        alerts,
                        outbox,
                        new Telling(alerts, new ProviderAccess(cluster), clock),
                        new AlertWarnings(cluster, clock),
                        DAY,
                        clock);
    }

    private void provide(String address, String more) throws Exception {
        provideAs("chat", address, more);
    }

    private void provideAs(String name, String address, String more) throws Exception {
        providers.present(
                (ObjectNode)
                        JSON.readTree(
                                "{\"metadata\":{\"name\":\""
                                        + name
                                        + "\",\"namespace\":\"team\",\"uid\":\"p1\"},\"spec\":{\"type\":\"generic\",\"address\":\""
                                        + address
                                        + "\""
                                        + more
                                        + "}}"));
    }

    private static <E extends Event> Envelope<E> envelope(E event) {
        return new Envelope<>("1", Instant.EPOCH, "test", "1", "1", null, event);
    }

    private void due(String message) {
        dueFor("chat", message);
    }

    private void dueFor(String provider, String message) {
        ObjectAnnounced announced = Samples.announced(Severity.INFO, "Progressing", message);
        outbox.add(
                new NotificationDue(
                        new NotificationId("munich", "team", "on-call", message),
                        provider,
                        announced,
                        clock.instant(),
                        Map.of()),
                envelope(announced),
                PARTITION);
    }

    @Test
    void tellsInOrderAndOnce() throws Exception {
        due("one");
        due("two");
        due("one");

        assertThat(lane.run(CHAT)).isEqualTo(Next.done());
        lane.run(CHAT);

        assertThat(receiver.bodies).hasSize(2);
        assertThat(receiver.bodies.get(0)).contains("\"message\":\"one\"");
        assertThat(records.events(NotificationSent.class)).hasSize(2);
    }

    @Test
    void aServiceThatIsAwayIsToldWhenItIsBack() throws Exception {
        receiver.answer(503, 429);
        due("one");
        due("two");

        Next next = lane.run(CHAT);
        assertThat(receiver.bodies).isEmpty();
        assertThat(next.after()).isEqualTo(Duration.ofSeconds(2));
        clock.move(Duration.ofSeconds(2));
        assertThat(lane.run(CHAT).after()).isEqualTo(Duration.ofSeconds(4));
        clock.move(Duration.ofSeconds(4));
        lane.run(CHAT);

        assertThat(receiver.bodies).hasSize(2);
        assertThat(records.events(NotificationSent.class).getFirst().attempts()).isEqualTo(3);
    }

    @Test
    void nothingOvertakesWhatWaitsForTheService() throws Exception {
        receiver.answer(503);
        due("one");
        lane.run(CHAT);
        due("two");

        assertThat(lane.run(CHAT).after()).isEqualTo(Duration.ofSeconds(2));

        assertThat(receiver.bodies).isEmpty();
    }

    @Test
    void whatIsRefusedOnceAndForAllIsDroppedAndTheOthersGoOn() throws Exception {
        receiver.answer(400);
        due("bad");
        due("good");

        lane.run(CHAT);

        assertThat(receiver.bodies).hasSize(1);
        assertThat(records.events(NotificationDropped.class))
                .singleElement()
                .extracting(NotificationDropped::why)
                .isEqualTo("the service answers 400");
    }

    @Test
    void anErrorHoldsUpThatNotificationAlone() throws Exception {
        receiver.answer(500);
        due("one");
        due("two");

        lane.run(CHAT);
        assertThat(receiver.bodies).singleElement().asString().contains("two");
        clock.move(Duration.ofSeconds(2));
        lane.run(CHAT);

        assertThat(receiver.bodies).hasSize(2);
    }

    @Test
    void whatWasDueBeforeARestartIsToldAfterIt() throws Exception {
        due("one");
        lane.run(CHAT);
        due("two");

        restart();
        due("one");
        due("two");
        lane.run(CHAT);

        assertThat(receiver.bodies).hasSize(2);
        assertThat(receiver.bodies.get(1)).contains("two");
    }

    @Test
    void whatAProviderTookJustBeforeAKillIsNotToldAgain() throws Exception {
        due("one");
        due("two");
        journal.add(
                new Attempt(
                        Attempt.Mark.TAKEN,
                        new NotificationId("munich", "team", "on-call", "one"),
                        "chat"));

        restart();
        lane.run(CHAT);

        assertThat(receiver.bodies).singleElement().asString().contains("two");
        assertThat(records.events(NotificationSent.class)).hasSize(2);
    }

    @Test
    void waitsAsLongAsTheServiceAsks() throws Exception {
        receiver.answer(429);
        receiver.retryAfter("120");
        due("one");

        assertThat(lane.run(CHAT).after()).isEqualTo(Duration.ofSeconds(120));
        clock.move(Duration.ofSeconds(119));
        assertThat(lane.run(CHAT).after()).isEqualTo(Duration.ofSeconds(1));
        assertThat(receiver.bodies).isEmpty();
        clock.move(Duration.ofSeconds(1));
        lane.run(CHAT);

        assertThat(receiver.bodies).hasSize(1);
    }

    @Test
    void aServiceThatWasAwayForTenMinutesGetsEachOnceAndInOrder() throws Exception {
        for (int i = 0; i < 11; i++) {
            receiver.answer(503);
        }
        due("one");
        due("two");
        Instant end = clock.instant().plus(Duration.ofMinutes(12));
        while (clock.instant().isBefore(end)) {
            Duration pause = lane.run(CHAT).after();
            clock.move(pause == null ? Duration.ofMinutes(1) : pause);
        }

        assertThat(receiver.bodies).hasSize(2);
        assertThat(receiver.bodies.getFirst()).contains("one");
        assertThat(records.events(NotificationSent.class)).hasSize(2);
        assertThat(records.events(NotificationDropped.class)).isEmpty();
    }

    @Test
    void aProviderThatHangsDelaysNobodyElse() throws Exception {
        try (Receiver other = new Receiver();
                var lanes = new KeyedLanes<ObjectName>("test", 4, lane::run)) {
            receiver.hang();
            provideAs("quick", other.url(), "");
            due("one");
            dueFor("quick", "two");

            lanes.wake(CHAT);
            lanes.wake(new ObjectName("team", "quick"));

            await().untilAsserted(() -> assertThat(other.bodies).hasSize(1));
            assertThat(receiver.bodies).isEmpty();
        }
    }

    @Test
    void givesUpAfterADay() throws Exception {
        receiver.answer(503, 503);
        due("one");
        lane.run(CHAT);
        clock.move(DAY.plusSeconds(1));

        assertThat(lane.run(CHAT)).isEqualTo(Next.done());

        assertThat(records.events(NotificationDropped.class)).hasSize(1);
    }

    @Test
    void ofTooManyTheOldestAreDropped() {
        due("one");
        due("two");
        due("three");
        due("four");

        assertThat(outbox.of(CHAT)).hasSize(3);
        assertThat(records.events(NotificationDropped.class))
                .singleElement()
                .extracting(dropped -> dropped.notification().announcement())
                .isEqualTo("one");
    }

    @Test
    void aChangedProviderIsTriedAtOnce() throws Exception {
        provide("http://127.0.0.1:1/", "");
        due("one");
        lane.run(CHAT);

        provide(receiver.url(), "");
        lane.changed(CHAT);
        lane.run(CHAT);

        assertThat(receiver.bodies).hasSize(1);
    }

    @Test
    void aServiceThatHangsIsLeftAfterItsTimeout() throws Exception {
        receiver.hang();
        provide(receiver.url(), ",\"timeout\":\"100ms\"");
        due("one");

        assertThat(lane.run(CHAT).after()).isEqualTo(Duration.ofSeconds(2));

        assertThat(records.events(NotificationSent.class)).isEmpty();
    }

    @Test
    void aSuspendedProviderIsNotTold() throws Exception {
        provide(receiver.url(), ",\"suspend\":true");
        due("one");

        lane.run(CHAT);

        assertThat(receiver.bodies).isEmpty();
        assertThat(outbox.of(CHAT)).isEmpty();
    }

    @Test
    void theSameIsSaidOnceInAWhile() {
        RateLimit limit = new RateLimit(Duration.ofMinutes(5), clock);
        ObjectAnnounced first = Samples.announced(Severity.INFO, "Progressing", "one");

        assertThat(limit.admits(first, "1")).isTrue();
        assertThat(limit.admits(Samples.announced(Severity.INFO, "Progressing", "two"), "2"))
                .isTrue();
        assertThat(limit.admits(first, "3")).isFalse();
        clock.move(Duration.ofMinutes(5));
        assertThat(limit.admits(first, "4")).isTrue();
    }

    @Test
    void whatAnotherSaidBeforeIsNotSaidAgainButTheSameAnnouncementIsReadToItsEnd() {
        RateLimit limit = new RateLimit(Duration.ofMinutes(5), clock);
        ObjectAnnounced first = Samples.announced(Severity.INFO, "Progressing", "one");
        limit.recall(first, "1", clock.instant());

        assertThat(limit.admits(first, "2")).isFalse();
        assertThat(limit.admits(first, "1")).isTrue();
    }

    @Test
    void whatWasGivenAwayIsNotTold() throws Exception {
        due("one");

        outbox.leave(Set.of(PARTITION), Duration.ZERO);
        lane.run(CHAT);

        assertThat(receiver.bodies).isEmpty();
        assertThat(outbox.providers()).isEmpty();
    }

    @Test
    void whoeverComesWaitsForTheAttemptUnderWay() throws Exception {
        due("one");
        Waiting waiting = outbox.of(CHAT).getFirst();
        assertThat(outbox.begin(waiting)).isTrue();
        Thread leaving = Thread.ofVirtual().start(() -> outbox.leave(Set.of(PARTITION), DAY));
        await().until(() -> outbox.of(CHAT).isEmpty());
        assertThat(leaving.isAlive()).isTrue();

        outbox.finished(waiting);

        assertThat(leaving.join(DAY)).isTrue();
        assertThat(outbox.begin(waiting)).isFalse();
    }

    @Test
    void nothingIsToldWhileItIsNotKnownWhetherItIsOurs() throws Exception {
        due("one");
        trusted = false;

        assertThat(lane.run(CHAT).after()).isPositive();
        assertThat(receiver.bodies).isEmpty();
        trusted = true;
        lane.run(CHAT);

        assertThat(receiver.bodies).hasSize(1);
    }

    @Test
    void whatIsTakenOverIsNotToldBeforeItIsKnownWhatWasTold() throws Exception {
        due("one");
        lane.run(CHAT);
        NotificationDue due = records.events(NotificationDue.class).getFirst();
        NotificationSent sent = records.events(NotificationSent.class).getFirst();
        Outbox other = new Outbox(sender, 3, journal::add, () -> trusted);

        other.restore(due, envelope(due), OptionalInt.of(PARTITION));
        assertThat(other.of(CHAT)).isEmpty();
        other.restore(sent, envelope(sent), OptionalInt.empty());
        other.arrive(Set.of());

        assertThat(other.of(CHAT)).isEmpty();
    }

    @Test
    void whatAnotherHasToldIsNotDueAgainWhereItWasWrittenTwice() throws Exception {
        due("one");
        lane.run(CHAT);
        NotificationDue again = records.events(NotificationDue.class).getFirst();

        outbox.restore(again, envelope(again), OptionalInt.of(PARTITION));
        outbox.arrive(Set.of());

        assertThat(outbox.of(CHAT)).isEmpty();
    }

    private static final class MovedClock extends Clock {

        private Instant now = Instant.parse("2026-11-23T07:00:00Z");

        void move(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
