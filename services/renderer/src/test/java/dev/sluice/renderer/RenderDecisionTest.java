package dev.sluice.renderer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.events.ArtifactRef;
import dev.sluice.events.BundleRef;
import dev.sluice.events.DeliveryEvent;
import dev.sluice.events.DeliveryFailed;
import dev.sluice.events.DeliveryId;
import dev.sluice.events.DeliveryRendered;
import dev.sluice.events.Envelope;
import dev.sluice.events.Position;
import dev.sluice.events.Reason;
import dev.sluice.events.SourceChanged;
import dev.sluice.events.SourceId;
import dev.sluice.events.SourceRevision;
import dev.sluice.events.Stage;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RenderDecisionTest {

    private static final DeliveryId ID = new DeliveryId("plant", "Kustomization", "team", "app");
    private static final SourceId SOURCE = new SourceId("plant", "GitRepository", "team", "src");

    @Test
    void rendersWhatWasNeverRendered() {
        RenderDecision decision = decide(wanted(1, "{}", null), source(5), null);

        assertThat(decision)
                .isInstanceOfSatisfying(
                        RenderDecision.Render.class,
                        render -> {
                            assertThat(render.position()).isEqualTo(new Position("u", 1, 5, 0));
                            assertThat(render.reusable()).isEmpty();
                            assertThat(render.cause()).isNotNull();
                        });
    }

    @Test
    void saysNothingTwice() {
        assertThat(decide(wanted(1, "{}", null), source(5), rendered(1, 5, "{}", null)))
                .isEqualTo(new RenderDecision.Nothing());
    }

    @Test
    void passesOnARequestForWhatIsRendered() {
        RenderDecision decision =
                decide(wanted(1, "{}", "now"), source(5), rendered(1, 5, "{}", "before"));

        assertThat(decision)
                .isInstanceOfSatisfying(
                        RenderDecision.Repeat.class,
                        repeat -> assertThat(repeat.event().requestedAt()).isEqualTo("now"));
    }

    @Test
    void mayReuseWhatWasRenderedWhenOnlyTheSourceOrOtherPartsOfTheSpecChanged() {
        DeliveryRendered last = rendered(1, 5, "{\"path\":\"a\",\"interval\":\"1m\"}", null);
        WantedDelivery slower = wanted(2, "{\"path\":\"a\",\"interval\":\"9m\"}", null);
        WantedDelivery elsewhere = wanted(2, "{\"path\":\"b\",\"interval\":\"1m\"}", null);
        WantedDelivery encrypted =
                wanted(2, "{\"path\":\"a\",\"decryption\":{\"provider\":\"sops\"}}", null);

        assertThat(reusable(decide(slower, source(5), last))).contains(last);
        assertThat(reusable(decide(slower, source(6), last))).contains(last);
        assertThat(reusable(decide(elsewhere, source(5), last))).isEmpty();
        assertThat(reusable(decide(encrypted, source(5), last))).isEmpty();
    }

    @Test
    void namesTheSourceAsTheCauseOnlyWhereItIsNew() {
        DeliveryRendered last = rendered(1, 5, "{}", null);

        assertThat(decide(wanted(2, "{}", null), source(5), last))
                .isInstanceOfSatisfying(
                        RenderDecision.Render.class, render -> assertThat(render.cause()).isNull());
        assertThat(decide(wanted(1, "{}", null), source(6), last))
                .isInstanceOfSatisfying(
                        RenderDecision.Render.class,
                        render -> assertThat(render.cause()).isEqualTo(source(6)));
    }

    @Test
    void dropsWhatIsOlderThanWhatWasSaid() {
        assertThat(decide(wanted(1, "{}", null), source(5), rendered(2, 5, "{}", null)))
                .isEqualTo(new RenderDecision.Nothing());
        assertThat(decide(wanted(2, "{}", null), source(4), rendered(2, 5, "{}", null)))
                .isEqualTo(new RenderDecision.Nothing());
    }

    @Test
    void failsOnceForAMissingSourceAndNeverStepsBack() {
        RenderDecision decision = decide(wanted(1, "{}", null), null, rendered(1, 5, "{}", null));

        assertThat(decision)
                .isInstanceOfSatisfying(
                        RenderDecision.Fail.class,
                        fail -> {
                            assertThat(fail.reason()).isEqualTo(Reason.ARTIFACT_FAILED);
                            assertThat(fail.message()).contains("GitRepository/team/src");
                            assertThat(fail.position().source()).isEqualTo(5);
                            assertThat(decide(wanted(1, "{}", null), null, fail.event()))
                                    .isEqualTo(new RenderDecision.Nothing());
                            assertThat(decide(wanted(1, "{}", "now"), null, fail.event()))
                                    .isInstanceOf(RenderDecision.Fail.class);
                            assertThat(decide(wanted(1, "{}", null), source(5), fail.event()))
                                    .isInstanceOf(RenderDecision.Render.class);
                        });
    }

    @Test
    void triesAFailedBuildAgainForAChangeOrARequestOnly() {
        DeliveryFailed failed =
                new DeliveryFailed(
                        ID,
                        new Position("u", 1, 5, 0),
                        revision(5),
                        json("{}"),
                        null,
                        Stage.RENDERER,
                        Reason.BUILD_FAILED,
                        "broken",
                        null);

        assertThat(decide(wanted(1, "{}", null), source(5), failed))
                .isEqualTo(new RenderDecision.Nothing());
        assertThat(decide(wanted(1, "{}", "now"), source(5), failed))
                .isInstanceOf(RenderDecision.Render.class);
        assertThat(decide(wanted(1, "{}", null), source(6), failed))
                .isInstanceOf(RenderDecision.Render.class);
    }

    @Test
    void leavesSuspendedOnesAloneAndForgetsThoseThatAreGone() {
        WantedDelivery held = new WantedDelivery(ID, "u", 2, json("{}"), SOURCE, null, true);
        DeliveryRendered last = rendered(1, 5, "{}", null);

        assertThat(decide(held, source(9), last)).isEqualTo(new RenderDecision.Nothing());
        assertThat(RenderDecision.of(Optional.empty(), Optional.empty(), Optional.of(last)))
                .isEqualTo(new RenderDecision.Delete());
        assertThat(RenderDecision.of(Optional.empty(), Optional.empty(), Optional.empty()))
                .isEqualTo(new RenderDecision.Nothing());
    }

    @Test
    void startsAnewForAnotherObjectOfTheSameName() {
        WantedDelivery reborn = new WantedDelivery(ID, "u2", 1, json("{}"), SOURCE, null, false);

        assertThat(decide(reborn, source(5), rendered(7, 5, "{}", null)))
                .isInstanceOf(RenderDecision.Render.class);
    }

    private static RenderDecision decide(
            WantedDelivery wanted,
            @Nullable Envelope<SourceChanged> source,
            @Nullable DeliveryEvent said) {
        return RenderDecision.of(
                Optional.of(wanted), Optional.ofNullable(source), Optional.ofNullable(said));
    }

    private static Optional<DeliveryRendered> reusable(RenderDecision decision) {
        return ((RenderDecision.Render) decision).reusable();
    }

    private static WantedDelivery wanted(
            long generation, String spec, @Nullable String requestedAt) {
        return new WantedDelivery(ID, "u", generation, json(spec), SOURCE, requestedAt, false);
    }

    private static Envelope<SourceChanged> source(long sequence) {
        ArtifactRef artifact = new ArtifactRef("main@" + sequence, digest(sequence), 9, null);
        return new Envelope<>(
                "id",
                Instant.EPOCH,
                "test",
                "id",
                "id",
                null,
                new SourceChanged(SOURCE, sequence, artifact, null));
    }

    private static DeliveryRendered rendered(
            long generation, long sequence, String spec, @Nullable String requestedAt) {
        return new DeliveryRendered(
                ID,
                new Position("u", generation, sequence, 0),
                revision(sequence),
                json(spec),
                requestedAt,
                new BundleRef("sha256:b", 3),
                false,
                "sha256:r");
    }

    private static SourceRevision revision(long sequence) {
        return new SourceRevision(SOURCE, "main@" + sequence, null, digest(sequence));
    }

    private static String digest(long sequence) {
        return "sha256:" + sequence;
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
