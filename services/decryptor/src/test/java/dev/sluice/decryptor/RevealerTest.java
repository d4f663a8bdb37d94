package dev.sluice.decryptor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.artifacts.ArtifactStore;
import dev.sluice.artifacts.Digest;
import dev.sluice.events.BundleRef;
import dev.sluice.events.DeliveryEvent;
import dev.sluice.events.DeliveryFailed;
import dev.sluice.events.DeliveryRendered;
import dev.sluice.events.DeliveryRevealed;
import dev.sluice.events.EventCodec;
import dev.sluice.events.Position;
import dev.sluice.events.Reason;
import dev.sluice.events.Stage;
import dev.sluice.kustomize.api.BuildLimits;
import dev.sluice.manifests.BundleLimits;
import dev.sluice.manifests.KubernetesObject;
import dev.sluice.manifests.ObjectText;
import dev.sluice.manifests.sealing.BundleSeal;
import dev.sluice.manifests.sealing.SigningKey;
import dev.sluice.rendering.KustomizationBuild;
import dev.sluice.sops.DecryptOptions;
import dev.sluice.sops.Format;
import dev.sluice.sops.KeyRing;
import dev.sluice.sops.Recipient;
import dev.sluice.sops.Recipients;
import dev.sluice.sops.SelectionRule;
import dev.sluice.sops.SopsWriter;
import dev.sluice.sops.age.AgeIdentity;
import dev.sluice.sops.kms.WorkloadIdentity;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RevealerTest {

    private static final String WORD = "hunter2-marker";
    private static final String FROM_VARS =
            "postBuild: {substituteFrom: [{kind: ConfigMap, name: vars}]}\n";
    private static final String DECRYPT = "decryption: {provider: sops, secretRef: {name: keys}}\n";

    private final SecureRandom random = new SecureRandom();
    private final AgeIdentity applier = AgeIdentity.generate(random);
    private final String digestKey = DecryptorKeys.generate(random).digestKey();
    private final SigningKey signing = SigningKey.generate(random);
    private Optional<NamedObject> fallback = Optional.empty();
    private final Clock clock = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
    private final FakeInputs inputs = new FakeInputs();

    @TempDir Path directory;
    private ArtifactStore store;
    private Deliveries deliveries;
    private Revealer revealer;
    private Optional<DeliveryEvent> said = Optional.empty();

    @BeforeEach
    void makeTheParts() throws Exception {
        store = ArtifactStore.in(directory, clock);
        deliveries = new Deliveries(store);
        revealer = revealer();
    }

    @Test
    void sealsToTheApplierAndSigns() throws Exception {
        DeliveryRevealed event =
                revealed(deliveries.rendered(5, "", null, Deliveries.configMap("a", "x")));

        assertThat(signing.verifyingKey().verifies(event)).isTrue();
        assertThat(event.position()).isEqualTo(new Position("uid", 1, 5, 0));
        assertThat(opened(event)).extracting(KubernetesObject::name).containsExactly("a");
    }

    @Test
    void fillsInVariablesOfWhichLaterOnesWin() throws Exception {
        inputs.put("ConfigMap", "vars", Map.of("a", "first", "b", "first", "c", "first"));
        inputs.put("Secret", "more", Map.of("b", "second\n", "c", "second"));

        DeliveryRevealed event =
                revealed(
                        deliveries.rendered(
                                5,
                                """
                                postBuild:
                                  substitute: {c: inline}
                                  substituteFrom:
                                  - {kind: ConfigMap, name: vars}
                                  - {kind: Secret, name: more}
                                  - {kind: ConfigMap, name: absent, optional: true}
                                """,
                                null,
                                Deliveries.configMap("a", "${a} ${b} ${c} ${d:=nobody}")));

        assertThat(value(event)).isEqualTo("first second inline nobody");
    }

    @Test
    void leavesExpressionsAloneWhereThereIsNoVariable() throws Exception {
        DeliveryRendered rendered =
                deliveries.rendered(
                        5,
                        "postBuild: {substitute: {}}\n",
                        null,
                        Deliveries.configMap("a", "${x}"));

        assertThat(value(revealed(rendered))).isEqualTo("${x}");
    }

    @Test
    void failsForAMissingSourceOnceAndHealsWhenItAppears() throws Exception {
        DeliveryRendered rendered =
                deliveries.rendered(5, FROM_VARS, null, Deliveries.configMap("a", "${v}"));

        DeliveryFailed failed = failed(rendered);
        Revealer.Answer again = revealer.reveal(rendered, said);
        inputs.put("ConfigMap", "vars", Map.of("v", "there"));
        DeliveryRevealed healed = revealed(rendered);

        assertThat(failed.reason()).isEqualTo(Reason.BUILD_FAILED);
        assertThat(failed.message()).contains("substitute from 'ConfigMap/vars' error");
        assertThat(failed.retryAt()).isNull();
        assertThat(again.event()).isNull();
        assertThat(value(healed)).isEqualTo("there");
        assertThat(healed.position().inputs()).isEqualTo(1);
        assertThat(inputs.followed).containsKey(Deliveries.ID);
    }

    @Test
    void tellsAFailureOnceAcrossARestart() throws Exception {
        DeliveryRendered rendered =
                deliveries.rendered(5, FROM_VARS, null, Deliveries.configMap("a", "${v}"));
        failed(rendered);

        Revealer.Answer afterRestart = revealer().reveal(rendered, said);

        assertThat(afterRestart.event()).isNull();
    }

    @Test
    void saysNothingTwiceAndReadsNothingForIt() throws Exception {
        inputs.put("ConfigMap", "vars", Map.of("v", "x"));
        DeliveryRendered rendered =
                deliveries.rendered(5, FROM_VARS, null, Deliveries.configMap("a", "${v}"));
        revealed(rendered);
        inputs.reads.clear();

        Revealer.Answer again = revealer().reveal(rendered, said);

        assertThat(again.event()).isNull();
        assertThat(inputs.reads).isEmpty();
    }

    @Test
    void movesToANewRevisionWithTheSameBundleAndReadsNothingForIt() throws Exception {
        inputs.put("ConfigMap", "vars", Map.of("v", "x"));
        String manifest = Deliveries.configMap("a", "${v}");
        DeliveryRevealed first = revealed(deliveries.rendered(5, FROM_VARS, null, manifest));
        inputs.reads.clear();

        DeliveryRevealed second = revealed(deliveries.rendered(6, FROM_VARS, "now", manifest));

        assertThat(second.bundle()).isEqualTo(first.bundle());
        assertThat(second.source().revision()).isEqualTo("main@6");
        assertThat(second.requestedAt()).isEqualTo("now");
        assertThat(signing.verifyingKey().verifies(second)).isTrue();
        assertThat(inputs.reads).isEmpty();
    }

    @Test
    void keepsTheSealedBundleWhenAChangedInputGivesTheSame() throws Exception {
        inputs.put("ConfigMap", "vars", Map.of("v", "x"));
        DeliveryRendered rendered =
                deliveries.rendered(5, FROM_VARS, null, Deliveries.configMap("a", "${v}"));
        DeliveryRevealed first = revealed(rendered);
        inputs.put("ConfigMap", "vars", Map.of("v", "x", "unused", "y"));

        DeliveryRevealed second = revealed(rendered);

        assertThat(second.bundle()).isEqualTo(first.bundle());
        assertThat(second.content()).isEqualTo(first.content());
        assertThat(second.inputs()).isNotEqualTo(first.inputs());
    }

    @Test
    void decryptsObjectsWithTheKeysThatTheDeliveryNames() throws Exception {
        AgeIdentity key = AgeIdentity.generate(random);
        inputs.put("Secret", "keys", Map.of("age.key", key.secretText()));

        DeliveryRevealed event =
                revealed(
                        deliveries.rendered(
                                5, DECRYPT, null, encrypted(Deliveries.secret("s", WORD), key)));

        assertThat(opened(event).getFirst().tree().at("/stringData/word").asText()).isEqualTo(WORD);
        assertThat(opened(event).getFirst().tree().has("sops")).isFalse();
        assertThat(new String(EventCodec.body(event), StandardCharsets.UTF_8)).doesNotContain(WORD);
    }

    @Test
    void namesTheRecipientsThatCouldOpenAndTheKeysThatWereTried() throws Exception {
        AgeIdentity key = AgeIdentity.generate(random);
        AgeIdentity other = AgeIdentity.generate(random);
        inputs.put("Secret", "keys", Map.of("x.agekey", other.secretText()));

        DeliveryFailed failed =
                failed(
                        deliveries.rendered(
                                5, DECRYPT, null, encrypted(Deliveries.secret("s", WORD), key)));

        assertThat(failed.reason()).isEqualTo(Reason.DECRYPTION_FAILED);
        assertThat(failed.message())
                .contains("Secret/s", key.recipient().toString(), other.recipient().toString())
                .doesNotContain(WORD, "AGE-SECRET-KEY");
    }

    @Test
    void waitsForTheSecretWithTheKeys() throws Exception {
        AgeIdentity key = AgeIdentity.generate(random);
        DeliveryRendered rendered =
                deliveries.rendered(5, DECRYPT, null, encrypted(Deliveries.secret("s", WORD), key));

        DeliveryFailed failed = failed(rendered);
        inputs.put("Secret", "keys", Map.of("age.key", key.secretText()));
        DeliveryRevealed healed = revealed(rendered);

        assertThat(failed.message()).contains("Secret/team/keys");
        assertThat(opened(healed)).hasSize(1);
    }

    @Test
    void neverPassesOnASecretThatIsStillEncrypted() throws Exception {
        AgeIdentity key = AgeIdentity.generate(random);
        String secret = encrypted(Deliveries.secret("s", WORD), key);
        String optedOut =
                secret.replace(
                        "metadata:",
                        "metadata:\n  annotations:\n    kustomize.toolkit.fluxcd.io/decrypt: Disabled");

        DeliveryFailed failed = failed(deliveries.rendered(5, "", null, secret));
        DeliveryRevealed passed = revealed(deliveries.rendered(6, "", null, optedOut));

        assertThat(failed.message())
                .contains("is SOPS encrypted, configuring decryption is required");
        assertThat(opened(passed)).hasSize(1);
    }

    @Test
    void passesOnFailuresOfEarlierStagesOnce() {
        DeliveryFailed broken =
                new DeliveryFailed(
                        Deliveries.ID,
                        new Position("uid", 1, 5, 0),
                        null,
                        null,
                        null,
                        Stage.RENDERER,
                        Reason.BUILD_FAILED,
                        "broken",
                        null);

        Revealer.Answer first = revealer.pass(broken, Optional.empty());
        Revealer.Answer second = revealer.pass(broken, Optional.ofNullable(first.event()));

        assertThat(first.event()).isEqualTo(broken);
        assertThat(second.event()).isNull();
    }

    @Test
    void sealsAgainForAnotherReader() throws Exception {
        DeliveryRendered rendered =
                deliveries.rendered(5, "", null, Deliveries.configMap("a", "x"));
        DeliveryRevealed first = revealed(rendered);
        AgeIdentity successor = AgeIdentity.generate(random);
        revealer = revealer(successor);

        DeliveryRevealed second = revealed(rendered);

        assertThat(second.bundle()).isNotEqualTo(first.bundle());
        assertThat(second.content()).isEqualTo(first.content());
        assertThat(
                        BundleSeal.open(
                                        store.get(new Digest(second.bundle().digest())),
                                        List.of(successor),
                                        BundleLimits.DEFAULT)
                                .objects())
                .hasSize(1);
    }

    @Test
    void hasNothingToTellBeforeThereIsAReader() throws Exception {
        Revealer early = revealer(new SealRecipient());

        Revealer.Answer answer =
                early.reveal(
                        deliveries.rendered(5, "", null, Deliveries.configMap("a", "x")), said);

        assertThat(answer).isEqualTo(Revealer.Answer.NOTHING);
    }

    @Test
    void opensWithTheFallbackSecretWhereTheDeliveryNamesNone() throws Exception {
        AgeIdentity key = AgeIdentity.generate(random);
        inputs.put("Secret", "fleet", Map.of("age.key", key.secretText()));
        fallback = Optional.of(new NamedObject("Secret", Deliveries.NAMESPACE, "fleet"));
        revealer = revealer();

        DeliveryRevealed event =
                revealed(
                        deliveries.rendered(
                                5,
                                "decryption: {provider: sops}\n",
                                null,
                                encrypted(Deliveries.secret("a", WORD), key)));

        assertThat(opened(event).getFirst().tree().at("/stringData/word").asText()).isEqualTo(WORD);
        assertThat(inputs.followed.get(Deliveries.ID)).containsExactly(fallback.get());
    }

    @Test
    void refusesAnEncryptedObjectOfAnyKind() throws Exception {
        AgeIdentity key = AgeIdentity.generate(random);
        String map = Deliveries.configMap("a", WORD);

        DeliveryFailed failed = failed(deliveries.rendered(5, "", null, encrypted(map, key)));

        assertThat(failed.reason()).isEqualTo(Reason.DECRYPTION_FAILED);
        assertThat(failed.message())
                .contains("ConfigMap", "configuring decryption is required")
                .doesNotContain(WORD);
    }

    @Test
    void doesNotGoOnFromARecordThatItDidNotSign() throws Exception {
        DeliveryRendered rendered =
                deliveries.rendered(5, "", null, Deliveries.configMap("a", "good"));
        DeliveryRevealed genuine = revealed(rendered);
        DeliveryRevealed forged =
                SigningKey.generate(random)
                        .sign(
                                new DeliveryRevealed(
                                        genuine.delivery(),
                                        genuine.position().withInputs(7),
                                        genuine.source(),
                                        genuine.spec(),
                                        genuine.requestedAt(),
                                        new BundleRef("sha256:" + "0".repeat(64), 1),
                                        genuine.rendered(),
                                        genuine.content(),
                                        genuine.inputs(),
                                        genuine.buildDigest(),
                                        ""));
        said = Optional.of(forged);

        DeliveryRevealed healed = revealed(rendered);

        assertThat(healed.bundle()).isNotEqualTo(forged.bundle());
        assertThat(value(healed)).isEqualTo("good");
        assertThat(forged.position().before(healed.position())).isTrue();
    }

    @Test
    void renewsSignaturesWhenTheKeyIsAnother() throws Exception {
        DeliveryRendered rendered =
                deliveries.rendered(5, "", null, Deliveries.configMap("a", "x"));
        DecryptorKeys before = new DecryptorKeys(signing, List.of(), digestKey);
        DeliveryRevealed first = revealed(rendered);
        DecryptorKeys after = before.rotated(random);
        revealer = revealer(SealRecipient.of(applier.recipient()), OwnKeys.of(after));

        DeliveryRevealed second = revealed(rendered);
        Revealer.Answer third = revealer.reveal(rendered, said);

        assertThat(after.signed(first)).isTrue();
        assertThat(after.withoutEarlier().signed(first)).isFalse();
        assertThat(after.signedNow(second)).isTrue();
        assertThat(second.bundle()).isEqualTo(first.bundle());
        assertThat(first.position().before(second.position())).isTrue();
        assertThat(third.event()).isNull();
    }

    @Test
    void keysSurviveBeingStored() {
        DecryptorKeys keys =
                new DecryptorKeys(signing, List.of(), digestKey).rotated(random).rotated(random);

        DecryptorKeys read = DecryptorKeys.of(keys.entries());

        assertThat(read.published()).isEqualTo(keys.published());
        assertThat(read.published().lines()).hasSize(3);
    }

    private DeliveryRevealed revealed(DeliveryRendered rendered) throws Exception {
        DeliveryEvent event = Objects.requireNonNull(revealer.reveal(rendered, said).event());
        said = Optional.of(event);
        assertThat(event).isInstanceOf(DeliveryRevealed.class);
        return (DeliveryRevealed) event;
    }

    private DeliveryFailed failed(DeliveryRendered rendered) throws Exception {
        DeliveryEvent event = Objects.requireNonNull(revealer.reveal(rendered, said).event());
        said = Optional.of(event);
        assertThat(event).isInstanceOf(DeliveryFailed.class);
        return (DeliveryFailed) event;
    }

    private List<KubernetesObject> opened(DeliveryRevealed event) throws Exception {
        byte[] sealed = store.get(new Digest(event.bundle().digest()));
        return BundleSeal.open(sealed, List.of(applier), BundleLimits.DEFAULT).objects();
    }

    private String value(DeliveryRevealed event) throws Exception {
        return opened(event).getFirst().tree().at("/data/v").asText();
    }

    /** The manifest as SOPS encrypts it. */
    private String encrypted(String manifest, AgeIdentity key) throws Exception {
        byte[] file =
                new SopsWriter(random, clock, List.of())
                        .encrypt(
                                manifest.getBytes(StandardCharsets.UTF_8),
                                Format.YAML,
                                Recipients.of(List.of(new Recipient.Age(key.recipient()))),
                                SelectionRule.SECRET_DATA,
                                KeyRing.empty());
        return ObjectText.of(ObjectText.parse(new String(file, StandardCharsets.UTF_8)));
    }

    private Revealer revealer() {
        return revealer(applier);
    }

    private Revealer revealer(AgeIdentity reader) {
        return revealer(SealRecipient.of(reader.recipient()));
    }

    private Revealer revealer(SealRecipient recipient) {
        return revealer(recipient, OwnKeys.of(new DecryptorKeys(signing, List.of(), digestKey)));
    }

    private Revealer revealer(SealRecipient recipient, OwnKeys keys) {
        return new Revealer(
                inputs,
                recipient,
                keys,
                new Revelation(
                        store,
                        new KustomizationBuild(BuildLimits.DEFAULT),
                        new DeliveryKeys(inputs, fallback, WorkloadIdentity.NONE),
                        DecryptOptions.WITHOUT_MAC,
                        new Variables(inputs)),
                new HelmRevelation(store, inputs),
                new Sealing(store, keys, new BundleSeal(random)),
                clock);
    }
}
