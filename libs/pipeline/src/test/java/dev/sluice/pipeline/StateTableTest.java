package dev.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.events.Envelope;
import dev.sluice.events.Event;
import dev.sluice.events.EventCodec;
import dev.sluice.events.SourceDeleted;
import dev.sluice.events.SourceId;
import dev.sluice.events.UnreadableEventException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class StateTableTest {

    private static final SourceId SOURCE = new SourceId("c", "GitRepository", "ns", "name");

    private final StateTable table = new StateTable();

    @Test
    void keepsTheLaterOfTwoEventsWhateverTheOrderOfArrival() {
        Envelope<Event> early = event("01", 1);
        Envelope<Event> late = event("02", 2);

        table.put(late);
        table.put(early);

        assertThat(table.get(SOURCE.toString())).contains(late);
    }

    @Test
    void forgetsAKeyAtItsTombstone() throws Exception {
        table.put(event("01", 1));

        table.take(new ConsumerRecord<>("sluice.sources", 0, 0, SOURCE.toString(), null));

        assertThat(table.size()).isZero();
    }

    @Test
    void keepsWhatItHadWhenARecordCannotBeRead() {
        Envelope<Event> good = event("01", 1);
        table.put(good);
        ConsumerRecord<String, byte[]> broken =
                new ConsumerRecord<>(
                        "sluice.sources",
                        0,
                        1,
                        SOURCE.toString(),
                        "{".getBytes(StandardCharsets.UTF_8));
        EventCodec.headers(good)
                .forEach((k, v) -> broken.headers().add(k, v.getBytes(StandardCharsets.UTF_8)));

        assertThatThrownBy(() -> table.take(broken)).isInstanceOf(UnreadableEventException.class);
        assertThat(table.get(SOURCE.toString())).contains(good);
    }

    @Test
    void readsFromARecordWhatWasWritten() throws Exception {
        Envelope<Event> event = event("01", 7);
        ConsumerRecord<String, byte[]> record =
                new ConsumerRecord<>(
                        "sluice.sources",
                        0,
                        0,
                        event.event().key(),
                        EventCodec.body(event.event()));
        EventCodec.headers(event)
                .forEach((k, v) -> record.headers().add(k, v.getBytes(StandardCharsets.UTF_8)));

        assertThat(table.take(record)).isEqualTo(event);
        assertThat(table.get(SOURCE.toString(), SourceDeleted.class)).isPresent();
    }

    @Test
    void idsSortByTime() {
        EventIds ids1 =
                new EventIds(
                        Clock.fixed(Instant.ofEpochMilli(1_000), ZoneOffset.UTC), new Random(1));
        EventIds ids2 =
                new EventIds(
                        Clock.fixed(Instant.ofEpochMilli(1_001), ZoneOffset.UTC), new Random(1));

        assertThat(ids1.next()).hasSize(32).isLessThan(ids2.next());
    }

    @Test
    void idsOfOneMillisecondSortByTheirOrder() {
        EventIds ids =
                new EventIds(
                        Clock.fixed(Instant.ofEpochMilli(1_000), ZoneOffset.UTC), new Random(1));

        assertThat(Stream.generate(ids::next).limit(100).toList()).isSorted();
    }

    private static Envelope<Event> event(String id, long sequence) {
        return new Envelope<>(
                id,
                Instant.EPOCH,
                "sluice/test",
                id,
                id,
                null,
                new SourceDeleted(SOURCE, sequence, "gone"));
    }
}
