package dev.sluice.standalone.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.DeliveryApplied;
import dev.sluice.events.DeliveryDeleted;
import dev.sluice.events.DeliveryId;
import dev.sluice.events.Envelope;
import dev.sluice.events.Event;
import dev.sluice.events.Position;
import dev.sluice.events.SourceId;
import dev.sluice.events.SourceRevision;
import dev.sluice.events.Took;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StageTimesTest {

    private static final Instant BEGIN = Instant.parse("2026-03-01T10:00:00Z");
    private static final DeliveryId SHOP = new DeliveryId("plant", "Kustomization", "apps", "shop");
    private static final Position POSITION = new Position("uid", 1, 1, 0);
    private static final SourceRevision SOURCE =
            new SourceRevision(
                    new SourceId("plant", "GitRepository", "apps", "fleet"),
                    "main@sha1:1",
                    null,
                    "sha256:aa");

    private final StageTimes times = new StageTimes();

    @Test
    void aStageLastsFromItsCauseEvenWhereThatIsReadLater() {
        times.begin(BEGIN);
        times.take(event("b", "a", 300, applied()));
        times.take(event("a", "a", 100, cause()));

        assertThat(times.spreads()).isEqualTo(Map.of("3 apply", new Spread(1, 200, 200)));
    }

    @Test
    void whatFollowsFromLongAgoIsLeftOut() {
        times.take(event("a", "a", 0, cause()));
        times.begin(BEGIN.plusMillis(50));
        times.take(event("b", "a", 300, applied()));

        assertThat(times.spreads()).isEmpty();
    }

    private static Event cause() {
        return new DeliveryDeleted(SHOP, POSITION, "gone");
    }

    private static Event applied() {
        return new DeliveryApplied(
                SHOP, POSITION, SOURCE, "digest", List.of(), List.of(), new Took(1, 2), null);
    }

    private static Envelope<Event> event(String id, String cause, long at, Event event) {
        return new Envelope<>(id, BEGIN.plusMillis(at), "sluice/test", cause, cause, null, event);
    }
}
