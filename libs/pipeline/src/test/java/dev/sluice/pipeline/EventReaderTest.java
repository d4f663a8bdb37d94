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
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class EventReaderTest {

    private final Envelope<Event> envelope =
            new Envelope<>(
                    "id",
                    Instant.EPOCH,
                    "sluice/test",
                    "id",
                    "id",
                    null,
                    new SourceDeleted(
                            new SourceId("plant", "GitRepository", "apps", "fleet"), 1, "gone"));

    @Test
    void anEventIsRead() throws UnreadableEventException {
        assertThat(EventReader.read(record())).isEqualTo(envelope);
    }

    @Test
    void aReplayedEventIsRefusedAndChangesNoTable() throws UnreadableEventException {
        StateTable table = new StateTable();
        table.take(record());
        ConsumerRecord<String, byte[]> replayed = record();
        replayed.headers().add(EventCodec.REPLAY, "drill".getBytes(StandardCharsets.UTF_8));
        ConsumerRecord<String, byte[]> tombstone =
                new ConsumerRecord<>("sluice.sources", 0, 2, envelope.event().key(), null);
        tombstone.headers().add(EventCodec.REPLAY, "drill".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> table.take(replayed))
                .isInstanceOf(UnreadableEventException.class)
                .hasMessageContaining("replayed");
        assertThatThrownBy(() -> table.take(tombstone))
                .isInstanceOf(UnreadableEventException.class);
        assertThat(table.size()).isEqualTo(1);
    }

    private ConsumerRecord<String, byte[]> record() {
        ConsumerRecord<String, byte[]> record =
                new ConsumerRecord<>(
                        "sluice.sources",
                        0,
                        1,
                        envelope.event().key(),
                        EventCodec.body(envelope.event()));
        EventCodec.headers(envelope)
                .forEach((name, value) ->
                        record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        return record;
    }
}
