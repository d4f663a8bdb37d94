package dev.sluice.applier.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.events.BundleRef;
import dev.sluice.events.DeliveryApplied;
import dev.sluice.events.DeliveryFailed;
import dev.sluice.events.DeliveryId;
import dev.sluice.events.DeliveryRevealed;
import dev.sluice.events.DeliveryWaiting;
import dev.sluice.events.Envelope;
import dev.sluice.events.Event;
import dev.sluice.events.Position;
import dev.sluice.events.Reason;
import dev.sluice.events.SourceId;
import dev.sluice.events.SourceRevision;
import dev.sluice.events.WindowOverridden;
import dev.sluice.fluxapi.Condition.Status;
import dev.sluice.fluxapi.FluxJson;
import dev.sluice.fluxapi.helm.HelmRelease;
import dev.sluice.windows.Windows;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReleaseWindowsTest {

    private static final Instant NOW = Instant.parse("2026-03-04T21:55:00Z");
    private static final String NIGHT = "0 22 * * * 2h";
    private static final DeliveryId ID = new DeliveryId("plant", "HelmRelease", "shop", "web");

    private final List<WindowOverridden> overridden = new ArrayList<>();
    private final ReleaseWindows windows =
            new ReleaseWindows(
                    new Windows("flux-system"),
                    new Journal(overridden),
                    Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void aReleaseWaitsUntilItsWindowOpens() throws Exception {
        assertThat(windows.hold(release(NIGHT, ""), wanted(null), cause()))
                .hasValueSatisfying(hold -> {
                    assertThat(hold.ready()).isEqualTo(Status.Unknown);
                    assertThat(hold.reason()).isEqualTo(Reason.AWAITING_WINDOW);
                    assertThat(hold.message()).contains("2026-03-04T22:00:00Z");
                    assertThat(hold.again()).isEqualTo(Duration.ofMinutes(5));
                });
    }

    @Test
    void withoutAWindowNothingWaits() throws Exception {
        assertThat(windows.hold(release("", ""), wanted(null), cause())).isEmpty();
    }

    @Test
    void anUrgentReleaseGoesThroughAndIsPutOnRecordOnce() throws Exception {
        assertThat(windows.hold(release(NIGHT, ""), wanted("fire"), cause())).isEmpty();
        assertThat(windows.hold(release(NIGHT, ""), wanted("fire"), cause())).isEmpty();

        assertThat(overridden)
                .singleElement()
                .satisfies(record -> {
                    assertThat(record.by()).isEqualTo("commit");
                    assertThat(record.why()).isEqualTo("fire");
                });
    }

    @Test
    void anAnnotationCountsForItsRevisionOnly() throws Exception {
        assertThat(windows.hold(release(NIGHT, "1.2.3"), wanted(null), cause())).isEmpty();
        assertThat(windows.hold(release(NIGHT, "1.2.2"), wanted(null), cause())).isPresent();
    }

    @Test
    void driftStaysOnlyWhereTheWindowSaysSo() throws Exception {
        HelmRelease plain = release(NIGHT, "");
        ObjectNode held = FluxJson.write(plain);
        held.withObject("/metadata/annotations").put(Windows.DRIFT_ANNOTATION, "hold");

        assertThat(windows.holdsDrift(plain)).isEmpty();
        assertThat(windows.holdsDrift(FluxJson.read(held, HelmRelease.class)))
                .contains(Duration.ofMinutes(5));
    }

    @Test
    void aWindowThatCannotBeReadIsAFailure() throws Exception {
        assertThat(windows.hold(release("soon", ""), wanted(null), cause()))
                .hasValueSatisfying(hold -> {
                    assertThat(hold.ready()).isEqualTo(Status.False);
                    assertThat(hold.reason()).isEqualTo(Reason.INVALID_WINDOW);
                });
    }

    private static HelmRelease release(String window, String urgent) throws Exception {
        ObjectNode object =
                (ObjectNode)
                        new ObjectMapper()
                                .readTree(
                                        """
                                        {"apiVersion": "helm.toolkit.fluxcd.io/v2", "kind": "HelmRelease",
                                         "metadata": {"name": "web", "namespace": "shop", "uid": "u", "generation": 1},
                                         "spec": {"interval": "10m",
                                           "chartRef": {"kind": "OCIRepository", "name": "web"}}}
                                        """);
        ObjectNode annotations = object.withObject("/metadata/annotations");
        if (!window.isEmpty()) {
            annotations.put(Windows.ANNOTATION, window);
        }
        if (!urgent.isEmpty()) {
            annotations.put(Windows.URGENT_ANNOTATION, urgent);
        }
        return FluxJson.read(object, HelmRelease.class);
    }

    private static DeliveryRevealed wanted(@Nullable String urgent) {
        return new DeliveryRevealed(
                ID,
                new Position("u", 1, 1, 0),
                new SourceRevision(
                        new SourceId("plant", "OCIRepository", "shop", "web"),
                        "1.2.3",
                        null,
                        "sha256:00",
                        urgent),
                JsonNodeFactory.instance.objectNode(),
                null,
                new BundleRef("sha256:00", 1),
                null,
                "content",
                "inputs",
                "sha256:build",
                "signature");
    }

    private static Envelope<Event> cause() {
        return new Envelope<>("id", NOW, "test", "id", "id", null, wanted(null));
    }

    /** Keeps what is told of urgent changes. */
    private record Journal(List<WindowOverridden> told) implements ReleaseJournal {

        @Override
        public @Nullable DeliveryApplied latest(DeliveryId id) {
            return null;
        }

        @Override
        public void applied(DeliveryApplied event, @Nullable Envelope<?> cause) {}

        @Override
        public void failed(DeliveryFailed event, @Nullable Envelope<?> cause) {}

        @Override
        public void waiting(DeliveryWaiting event, @Nullable Envelope<?> cause) {}

        @Override
        public void overridden(WindowOverridden event, @Nullable Envelope<?> cause) {
            told.add(event);
        }

        @Override
        public void deleted(DeliveryId id, String why) {}
    }
}
