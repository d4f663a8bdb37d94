package dev.sluice.applier;

import static dev.sluice.applier.Samples.NOW;
import static dev.sluice.applier.Samples.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.sluice.events.AppliedObject;
import dev.sluice.events.BundleRef;
import dev.sluice.events.DeliveryApplied;
import dev.sluice.events.DeliveryId;
import dev.sluice.events.DeliveryRevealed;
import dev.sluice.events.Envelope;
import dev.sluice.events.Position;
import dev.sluice.events.Reason;
import dev.sluice.events.SourceRevision;
import dev.sluice.events.Took;
import dev.sluice.fluxapi.GoDuration;
import dev.sluice.fluxapi.Metadata;
import dev.sluice.fluxapi.NamespaceBoundary;
import dev.sluice.fluxapi.kustomize.Kustomization;
import dev.sluice.fluxapi.window.MaintenanceWindow;
import dev.sluice.windows.Windows;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WindowGateTest {

    private static final Position SECOND = new Position("uid-shop", 1, 2000, 0);

    /** Opens once a year, and not now. */
    private static final String CLOSED = "0 0 24 12 * 1h";

    private final Map<DeliveryId, Kustomization> objects = new HashMap<>();
    private final Windows windows = new Windows("flux-system");
    private final Decision decision =
            new Decision(
                    new DependencyCheck(
                            objects::get, new ReadyExpressions(), NamespaceBoundary.OPEN),
                    new WindowGate(windows));

    @Test
    void aChangeWaitsWhileTheWindowIsClosed() {
        Step step = decide(Map.of(Windows.ANNOTATION, CLOSED), "new", null, false);

        assertThat(step).isInstanceOf(Step.AwaitWindow.class);
    }

    @Test
    void aChangeIsAppliedWhileTheWindowIsOpen() {
        Step step = decide(Map.of(Windows.ANNOTATION, "* * * * * 1h"), "new", null, false);

        assertThat(step).isInstanceOf(Step.Apply.class);
    }

    @Test
    void whatChangesNothingDoesNotWait() {
        assertThat(decide(Map.of(Windows.ANNOTATION, CLOSED), "old", null, false))
                .isInstanceOfSatisfying(Step.Apply.class, s -> assertThat(s.all()).isFalse());
    }

    @Test
    void aTrailerOfTheCommitOpensTheWay() {
        assertThat(decide(Map.of(Windows.ANNOTATION, CLOSED), "new", "fire", false))
                .isInstanceOfSatisfying(
                        Step.Urgent.class,
                        s -> {
                            assertThat(s.by()).isEqualTo("commit");
                            assertThat(s.why()).isEqualTo("fire");
                        });
    }

    @Test
    void anAnnotationOpensTheWayForItsRevisionOnly() {
        assertThat(
                        decide(
                                Map.of(
                                        Windows.ANNOTATION,
                                        CLOSED,
                                        Windows.URGENT_ANNOTATION,
                                        "main@sha1:2"),
                                "new",
                                null,
                                false))
                .isInstanceOfSatisfying(
                        Step.Urgent.class, s -> assertThat(s.by()).isEqualTo("annotation"));
        assertThat(
                        decide(
                                Map.of(
                                        Windows.ANNOTATION,
                                        CLOSED,
                                        Windows.URGENT_ANNOTATION,
                                        "main@sha1:1"),
                                "new",
                                null,
                                false))
                .isInstanceOf(Step.AwaitWindow.class);
    }

    @Test
    void aFreezeHoldsUrgentChangesAndDriftToo() {
        windows.put(freeze());

        assertThat(decide(Map.of(), "new", "fire", false)).isInstanceOf(Step.AwaitWindow.class);
        assertThat(decide(Map.of(), "new", "fire", true)).isInstanceOf(Step.AwaitWindow.class);
    }

    @Test
    void driftIsPutRightWhileAChangeWaits() {
        assertThat(decide(Map.of(Windows.ANNOTATION, CLOSED), "new", null, true))
                .isInstanceOf(Step.Correct.class);
    }

    @Test
    void heldDriftIsLookedAtAgainLater() {
        Map<String, String> held =
                Map.of(Windows.ANNOTATION, CLOSED, Windows.DRIFT_ANNOTATION, "hold");
        Delivery delivery =
                delivery(
                        shop(held),
                        record("old", null, Samples.FIRST),
                        new Standing.Settled(Samples.FIRST),
                        true);

        assertThat(decision.next(delivery, NOW)).isEqualTo(new Step.Rest(Duration.ofMinutes(10)));
    }

    @Test
    void aWindowThatCannotBeReadKeepsTheChangeAwayAndSaysSo() {
        assertThat(decide(Map.of(Windows.ANNOTATION, "soon"), "new", null, false))
                .isInstanceOfSatisfying(
                        Step.Refuse.class,
                        s -> {
                            assertThat(s.reason()).isEqualTo(Reason.INVALID_WINDOW);
                            assertThat(s.message()).contains("soon");
                        });
    }

    private Step decide(
            Map<String, String> annotations,
            String content,
            @Nullable String urgent,
            boolean drifted) {
        return decision.next(
                delivery(shop(annotations), record(content, urgent, SECOND), null, drifted), NOW);
    }

    private static Kustomization shop(Map<String, String> annotations) {
        return Samples.kustomization(
                "shop",
                o ->
                        annotations.forEach(
                                o.withObject("/metadata").withObject("/annotations")::put));
    }

    private static Delivery delivery(
            Kustomization object,
            DeliveryRevealed event,
            @Nullable Standing standing,
            boolean drifted) {
        DeliveryApplied applied =
                new DeliveryApplied(
                        SHOP,
                        Samples.FIRST,
                        Samples.revision("main@sha1:1"),
                        "old",
                        List.of(new AppliedObject("shop_a__ConfigMap", "v1", "u", "1", "d", "o")),
                        List.of(),
                        new Took(1, 1),
                        record("old", null, Samples.FIRST));
        return new Delivery(
                SHOP,
                object,
                new Envelope<>("id", NOW, "test", "id", "id", null, event),
                applied,
                standing,
                NOW,
                drifted,
                false);
    }

    private static DeliveryRevealed record(
            String content, @Nullable String urgent, Position position) {
        SourceRevision plain = Samples.revision("main@sha1:" + position.source() / 1000);
        return new DeliveryRevealed(
                SHOP,
                position,
                new SourceRevision(
                        plain.source(),
                        plain.revision(),
                        plain.originRevision(),
                        plain.digest(),
                        urgent),
                JsonNodeFactory.instance.objectNode(),
                null,
                new BundleRef("sha256:00", 1),
                null,
                content,
                "inputs",
                "sha256:build",
                "signature");
    }

    private static MaintenanceWindow freeze() {
        return new MaintenanceWindow(
                MaintenanceWindow.API_VERSION,
                MaintenanceWindow.KIND,
                new Metadata(
                        "freeze",
                        "flux-system",
                        "u",
                        "1",
                        1,
                        Map.of(),
                        Map.of(),
                        List.of(),
                        null,
                        null),
                new MaintenanceWindow.Spec(
                        "0 0 24 12 *",
                        GoDuration.parse("1h"),
                        "UTC",
                        null,
                        List.of(),
                        "Hold",
                        "Deny",
                        false));
    }
}
