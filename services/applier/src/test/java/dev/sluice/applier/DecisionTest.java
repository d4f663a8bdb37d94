package dev.sluice.applier;

import static dev.sluice.applier.Samples.NOW;
import static dev.sluice.applier.Samples.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.events.BundleRef;
import dev.sluice.events.DeliveryApplied;
import dev.sluice.events.DeliveryEvent;
import dev.sluice.events.DeliveryFailed;
import dev.sluice.events.DeliveryId;
import dev.sluice.events.DeliveryRevealed;
import dev.sluice.events.Envelope;
import dev.sluice.events.Event;
import dev.sluice.events.Position;
import dev.sluice.events.Reason;
import dev.sluice.events.SourceRevision;
import dev.sluice.events.Stage;
import dev.sluice.events.Took;
import dev.sluice.fluxapi.NamespaceBoundary;
import dev.sluice.fluxapi.kustomize.Kustomization;
import dev.sluice.windows.Windows;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DecisionTest {

    private static final Position SECOND = new Position("uid-shop", 1, 2000, 0);
    private static final Consumer<ObjectNode> NO_CHANGE = _ -> {};

    private final Map<DeliveryId, Kustomization> objects = new HashMap<>();
    private final Decision decision =
            new Decision(
                    new DependencyCheck(
                            objects::get, new ReadyExpressions(), NamespaceBoundary.OPEN),
                    new WindowGate(new Windows("flux-system")));

    @Test
    void forgetsWhatHasNoObject() {
        assertThat(decide(null, revealed(SECOND), null, null)).isInstanceOf(Step.Forget.class);
    }

    @Test
    void deletionComesBeforeSuspension() {
        Kustomization object =
                shop(o -> {
                    metadata(o).put("deletionTimestamp", "2026-03-01T09:00:00Z");
                    spec(o).put("suspend", true);
                });

        assertThat(decide(object, revealed(SECOND), null, null)).isInstanceOf(Step.Delete.class);
    }

    @Test
    void aSuspendedOneOnlyAnswersRequests() {
        assertThat(decide(shop(o -> spec(o).put("suspend", true)), revealed(SECOND), null, null))
                .isEqualTo(new Step.Rest(null));
        assertThat(
                        decide(
                                shop(requested("now").andThen(o -> spec(o).put("suspend", true))),
                                revealed(SECOND),
                                null,
                                null))
                .isInstanceOf(Step.AnswerRequest.class);
    }

    @Test
    void waitsWhereNothingIsKnownOrTheRecordIsOfAnotherLifeOrSpec() {
        for (DeliveryEvent event :
                List.of(
                        revealed(new Position("uid-before", 1, 2000, 0)),
                        revealed(new Position("uid-shop", 2, 2000, 0)))) {
            assertThat(decide(shop(NO_CHANGE), event, null, null)).isEqualTo(new Step.Rest(null));
        }
        assertThat(decide(shop(NO_CHANGE), null, null, null)).isEqualTo(new Step.Rest(null));
    }

    @Test
    void dropsWhatIsOlderThanWhatWasDone() {
        assertThat(decide(shop(NO_CHANGE), revealed(Samples.FIRST), applied(SECOND), null))
                .isEqualTo(new Step.Rest(null));
        assertThat(
                        decide(
                                shop(NO_CHANGE),
                                revealed(Samples.FIRST),
                                null,
                                new Standing.Retrying(SECOND, NOW, 1)))
                .isEqualTo(new Step.Rest(null));
    }

    @Test
    void aFailureThatWasOnlyToldHoldsNothingBack() {
        Position far = new Position("uid-shop", 1, Long.MAX_VALUE, 0);

        assertThat(
                        decide(
                                shop(NO_CHANGE),
                                revealed(SECOND),
                                applied(Samples.FIRST),
                                new Standing.Reported(far, "event")))
                .isInstanceOf(Step.Apply.class);
    }

    @Test
    void appliesWhatIsNew() {
        assertThat(
                        decide(
                                shop(NO_CHANGE),
                                revealed(SECOND),
                                applied(Samples.FIRST),
                                new Standing.Settled(Samples.FIRST)))
                .isInstanceOfSatisfying(Step.Apply.class, s -> assertThat(s.all()).isFalse());
    }

    @Test
    void restsWhereAllIsDone() {
        assertThat(
                        decide(
                                shop(NO_CHANGE),
                                revealed(SECOND),
                                applied(SECOND),
                                new Standing.Settled(SECOND)))
                .isEqualTo(new Step.Rest(null));
    }

    @Test
    void theStatusTellsAfterAStartThatAllIsDone() {
        Kustomization ready = shop(o -> ready(o, "main@sha1:2"));
        Kustomization behind = shop(o -> ready(o, "main@sha1:1"));

        assertThat(decide(ready, revealed(SECOND), applied(SECOND), null))
                .isEqualTo(new Step.Rest(null));
        assertThat(decide(behind, revealed(SECOND), applied(SECOND), null))
                .isInstanceOf(Step.Apply.class);
        assertThat(decide(ready, revealed(SECOND), null, null)).isInstanceOf(Step.Apply.class);
    }

    @Test
    void aFailedOneIsTriedAgainWhenItsTimeHasCome() {
        Standing early = new Standing.Retrying(SECOND, NOW.plusSeconds(3), 1);
        Standing due = new Standing.Retrying(SECOND, NOW, 1);

        assertThat(decide(shop(NO_CHANGE), revealed(SECOND), null, early))
                .isEqualTo(new Step.Rest(Duration.ofSeconds(3)));
        assertThat(decide(shop(NO_CHANGE), revealed(SECOND), null, due))
                .isInstanceOf(Step.Apply.class);
    }

    @Test
    void aRequestWaitsForTheStagesBeforeButNotForever() {
        Kustomization asked = shop(requested("now").andThen(o -> ready(o, "main@sha1:2")));
        Standing settled = new Standing.Settled(SECOND);

        assertThat(decide(asked, revealed(SECOND), applied(SECOND), settled, NOW))
                .isInstanceOfSatisfying(
                        Step.Rest.class, rest -> assertThat(rest.again()).isNotNull());
        assertThat(decide(asked, requestedRecord("now"), applied(SECOND), settled, NOW))
                .isInstanceOfSatisfying(Step.Apply.class, s -> assertThat(s.all()).isTrue());
        assertThat(decide(asked, revealed(SECOND), applied(SECOND), settled, NOW.minusSeconds(60)))
                .isInstanceOfSatisfying(Step.Apply.class, s -> assertThat(s.all()).isTrue());
    }

    @Test
    void anAnsweredRequestIsNoRequest() {
        Kustomization answered =
                shop(
                        requested("now")
                                .andThen(o -> {
                                    ready(o, "main@sha1:2");
                                    ((ObjectNode) o.get("status"))
                                            .put("lastHandledReconcileAt", "now");
                                }));

        assertThat(
                        decide(
                                answered,
                                requestedRecord("now"),
                                applied(SECOND),
                                new Standing.Settled(SECOND)))
                .isEqualTo(new Step.Rest(null));
    }

    @Test
    void aMissingSourceIsToldBeforeAnyDependencyAndABrokenBuildAfter() {
        Kustomization object = shop(dependingOn("db"));

        assertThat(
                        decide(
                                object,
                                failed(null, Reason.ARTIFACT_FAILED),
                                null,
                                new Standing.Blocked(SECOND, NOW.minusSeconds(5))))
                .isInstanceOf(Step.Report.class);
        assertThat(
                        decide(
                                object,
                                failed(Samples.revision("main@sha1:2"), Reason.BUILD_FAILED),
                                null,
                                null))
                .isInstanceOf(Step.Hold.class);
    }

    @Test
    void aDependencyIsToldWhenItLastsAMoment() {
        Kustomization object = shop(dependingOn("db"));
        Standing fresh = new Standing.Blocked(SECOND, NOW);
        Standing lasting = new Standing.Blocked(SECOND, NOW.minusSeconds(2));

        assertThat(decide(object, revealed(SECOND), null, fresh))
                .isInstanceOfSatisfying(Step.Hold.class, h -> assertThat(h.tell()).isFalse());
        assertThat(decide(object, revealed(SECOND), null, lasting))
                .isInstanceOfSatisfying(Step.Hold.class, h -> assertThat(h.tell()).isTrue());
    }

    @Test
    void refusesAnExpressionThatIsNone() {
        Kustomization object =
                shop(o ->
                        spec(o).putArray("healthCheckExprs")
                                .addObject()
                                .put("apiVersion", "example.com/v1")
                                .put("kind", "Widget")
                                .put("current", "status.phase =="));

        assertThat(decide(object, null, null, null)).isInstanceOf(Step.Refuse.class);
    }

    @Test
    void driftOfASettledOneIsCorrected() {
        Delivery delivery =
                delivery(
                        shop(NO_CHANGE),
                        revealed(SECOND),
                        applied(SECOND),
                        new Standing.Settled(SECOND),
                        NOW,
                        true);

        assertThat(decision.next(delivery, NOW)).isInstanceOf(Step.Correct.class);
    }

    @Test
    void driftOfTheLastGoodStateIsCorrectedWhileSomethingNewerFails() {
        List<Delivery> held =
                List.of(
                        delivery(
                                shop(NO_CHANGE),
                                failed(Samples.revision("main@sha1:2"), Reason.BUILD_FAILED),
                                applied(Samples.FIRST),
                                new Standing.Reported(SECOND, "id"),
                                NOW,
                                true),
                        delivery(
                                shop(NO_CHANGE),
                                revealed(SECOND),
                                applied(Samples.FIRST),
                                new Standing.Retrying(SECOND, NOW.plusSeconds(9), 1),
                                NOW,
                                true),
                        delivery(
                                shop(dependingOn("missing")),
                                revealed(SECOND),
                                applied(Samples.FIRST),
                                null,
                                NOW,
                                true));

        assertThat(held)
                .allSatisfy(delivery ->
                        assertThat(decision.next(delivery, NOW))
                                .isInstanceOfSatisfying(
                                        Step.Correct.class,
                                        step ->
                                                assertThat(step.from().position())
                                                        .isEqualTo(Samples.FIRST)));
    }

    @Test
    void thePolicyDecidesWhatBecomesOfDrift() {
        for (String policy : List.of("warn", "Ignore")) {
            Delivery delivery =
                    delivery(
                            shop(o ->
                                    metadata(o)
                                            .putObject("annotations")
                                            .put("sluice.dev/drift", policy)),
                            revealed(SECOND),
                            applied(SECOND),
                            new Standing.Settled(SECOND),
                            NOW,
                            true);

            assertThat(decision.next(delivery, NOW)).isInstanceOf(Step.TellDrift.class);
        }
    }

    @Test
    void whatLackedAKindIsTriedAgainOnceTheKindIsServed() {
        Delivery delivery =
                new Delivery(
                        SHOP,
                        shop(NO_CHANGE),
                        new Envelope<>("id", NOW, "test", "id", "id", null, revealed(SECOND)),
                        null,
                        new Standing.Retrying(SECOND, NOW.plusSeconds(600), 1),
                        NOW,
                        false,
                        true);

        assertThat(decision.next(delivery, NOW)).isInstanceOf(Step.Apply.class);
    }

    @Test
    void aSourceThatIsNotThereIsToldOnlyOnceItHasLasted() {
        DeliveryFailed missing = failed(null, Reason.ARTIFACT_FAILED);

        assertThat(decide(shop(NO_CHANGE), missing, null, null))
                .isInstanceOfSatisfying(Step.Hold.class, h -> assertThat(h.tell()).isFalse());
        assertThat(
                        decide(
                                shop(NO_CHANGE),
                                missing,
                                null,
                                new Standing.Blocked(SECOND, NOW.minusSeconds(5))))
                .isInstanceOf(Step.Report.class);
    }

    private Step decide(
            @Nullable Kustomization object,
            @Nullable DeliveryEvent event,
            @Nullable DeliveryApplied applied,
            @Nullable Standing standing) {
        return decide(object, event, applied, standing, NOW);
    }

    private Step decide(
            @Nullable Kustomization object,
            @Nullable DeliveryEvent event,
            @Nullable DeliveryApplied applied,
            @Nullable Standing standing,
            Instant requestSeen) {
        return decision.next(delivery(object, event, applied, standing, requestSeen, false), NOW);
    }

    private static Delivery delivery(
            @Nullable Kustomization object,
            @Nullable DeliveryEvent event,
            @Nullable DeliveryApplied applied,
            @Nullable Standing standing,
            Instant requestSeen,
            boolean drifted) {
        Envelope<Event> latest =
                event == null ? null : new Envelope<>("id", NOW, "test", "id", "id", null, event);
        return new Delivery(SHOP, object, latest, applied, standing, requestSeen, drifted, false);
    }

    private static Kustomization shop(Consumer<ObjectNode> change) {
        return Samples.kustomization("shop", change);
    }

    private static DeliveryRevealed revealed(Position position) {
        return record(position, null);
    }

    private static DeliveryRevealed requestedRecord(String requestedAt) {
        return record(SECOND, requestedAt);
    }

    private static DeliveryRevealed record(Position position, @Nullable String requestedAt) {
        return new DeliveryRevealed(
                SHOP,
                position,
                Samples.revision("main@sha1:" + position.source() / 1000),
                JsonNodeFactory.instance.objectNode(),
                requestedAt,
                new BundleRef("sha256:00", 1),
                null,
                "content",
                "inputs",
                "sha256:build",
                "signature");
    }

    private static DeliveryFailed failed(@Nullable SourceRevision source, Reason reason) {
        return new DeliveryFailed(
                SHOP, SECOND, source, null, null, Stage.RENDERER, reason, "why", null);
    }

    private static DeliveryApplied applied(Position position) {
        return new DeliveryApplied(
                SHOP,
                position,
                Samples.revision("main@sha1:" + position.source() / 1000),
                "content",
                List.of(),
                List.of(),
                new Took(1, 1),
                revealed(position));
    }

    private static Consumer<ObjectNode> requested(String text) {
        return o ->
                metadata(o).putObject("annotations").put("reconcile.fluxcd.io/requestedAt", text);
    }

    private static Consumer<ObjectNode> dependingOn(String name) {
        return o -> spec(o).putArray("dependsOn").addObject().put("name", name);
    }

    private static void ready(ObjectNode object, String revision) {
        ObjectNode status = object.putObject("status");
        status.put("observedGeneration", 1).put("lastAppliedRevision", revision);
        status.putArray("conditions")
                .addObject()
                .put("type", "Ready")
                .put("status", "True")
                .put("reason", "ReconciliationSucceeded")
                .put("message", "")
                .put("lastTransitionTime", "2026-03-01T10:00:00Z");
    }

    private static ObjectNode metadata(ObjectNode object) {
        return (ObjectNode) object.get("metadata");
    }

    private static ObjectNode spec(ObjectNode object) {
        return (ObjectNode) object.get("spec");
    }
}
