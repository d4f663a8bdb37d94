package dev.sluice.manifests.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.events.BundleRef;
import dev.sluice.events.DeliveryId;
import dev.sluice.events.DeliveryRevealed;
import dev.sluice.events.Envelope;
import dev.sluice.events.EventCodec;
import dev.sluice.events.Position;
import dev.sluice.events.SourceId;
import dev.sluice.events.SourceRevision;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class SigningKeyTest {

    private final SigningKey key = SigningKey.generate(new SecureRandom());

    @Test
    void verifiesWhatItSignedAlsoAfterTheWire() throws Exception {
        DeliveryRevealed signed = key.sign(event());
        Envelope<DeliveryRevealed> sent =
                new Envelope<>("1", Instant.EPOCH, "test", "1", "1", null, signed);

        Object received =
                EventCodec.read(EventCodec.headers(sent), EventCodec.body(signed)).event();

        assertThat(key.verifyingKey().verifies((DeliveryRevealed) received)).isTrue();
    }

    @Test
    void refusesAnyChange() {
        DeliveryRevealed signed = key.sign(event());
        DeliveryId otherDelivery = new DeliveryId("plant", "Kustomization", "flux-system", "other");
        SourceRevision otherSource =
                new SourceRevision(signed.source().source(), "main@sha1:2", null, "sha256:aa");
        BundleRef otherBundle = new BundleRef("sha256:ee", signed.bundle().size());
        List<UnaryOperator<DeliveryRevealed>> forgeries =
                List.of(
                        e -> copy(e, otherDelivery, e.position(), e.source(), e.bundle(), "{}"),
                        e ->
                                copy(
                                        e,
                                        e.delivery(),
                                        e.position().withInputs(9),
                                        e.source(),
                                        e.bundle(),
                                        "{}"),
                        e -> copy(e, e.delivery(), e.position(), otherSource, e.bundle(), "{}"),
                        e -> copy(e, e.delivery(), e.position(), e.source(), otherBundle, "{}"),
                        e ->
                                copy(
                                        e,
                                        e.delivery(),
                                        e.position(),
                                        e.source(),
                                        e.bundle(),
                                        "{\"prune\":true}"));

        assertThat(key.verifyingKey().verifies(signed)).isTrue();
        assertThat(forgeries)
                .allSatisfy(forgery ->
                        assertThat(key.verifyingKey().verifies(forgery.apply(signed))).isFalse());
    }

    @Test
    void refusesAnotherKeyAndBrokenSignatures() {
        DeliveryRevealed signed = key.sign(event());
        SigningKey other = SigningKey.generate(new SecureRandom());

        assertThat(other.verifyingKey().verifies(signed)).isFalse();
        assertThat(key.verifyingKey().verifies(event())).isFalse();
        assertThat(key.verifyingKey().verifies(SignedText.withSignature(signed, "?"))).isFalse();
    }

    @Test
    void isReadFromItsTextAndTellsNothingElsewhere() {
        SigningKey read = SigningKey.parse(key.secretText());
        VerifyingKey verifying = VerifyingKey.parse(key.verifyingKey().text());

        assertThat(verifying.verifies(read.sign(event()))).isTrue();
        assertThat(key).hasToString("SigningKey");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SigningKey.parse("word.word"))
                .withMessage("not a signing key")
                .withNoCause();
    }

    private static DeliveryRevealed event() {
        SourceId source = new SourceId("plant", "GitRepository", "flux-system", "src");
        return copy(
                null,
                new DeliveryId("plant", "Kustomization", "flux-system", "app"),
                new Position("uid-1", 3, 17, 0),
                new SourceRevision(source, "main@sha1:1", null, "sha256:aa"),
                new BundleRef("sha256:bb", 12),
                "{}");
    }

    private static DeliveryRevealed copy(
            @org.jspecify.annotations.Nullable DeliveryRevealed from,
            DeliveryId delivery,
            Position position,
            SourceRevision source,
            BundleRef bundle,
            String spec) {
        try {
            return new DeliveryRevealed(
                    delivery,
                    position,
                    source,
                    new ObjectMapper().readTree(spec),
                    "now\n1",
                    bundle,
                    new BundleRef("sha256:aa", 7),
                    "hmac-sha256:cc",
                    "hmac-sha256:dd",
                    "sha256:ee",
                    from == null ? "" : Objects.requireNonNull(from.signature()));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
