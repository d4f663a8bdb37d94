package dev.sluice.sops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.sops.age.AgeIdentity;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;

class SopsTest {
    private static final String CANARY = "canary-7f3a";

    private final SecureRandom random = new SecureRandom();
    private final SopsWriter writer = new SopsWriter(random, Clock.systemUTC(), List.of());
    private final AgeIdentity identity = AgeIdentity.generate(random);
    private final KeyRing keys = KeyRing.of(List.of(identity));

    @Test
    void aWrongKeyIsToldWithTheRecipientsThatWouldHaveBeenNeeded() throws SopsException {
        String file = encrypted("a: " + CANARY + "\n");
        AgeIdentity stranger = AgeIdentity.generate(random);

        SopsException failure = failure(file, KeyRing.of(List.of(stranger)));

        assertThat(failure.kind()).isEqualTo(SopsException.Kind.NO_KEY);
        assertThat(failure.recipients()).containsExactly(identity.recipient().toString());
        assertThat(failure)
                .hasMessageContaining(identity.recipient().toString())
                .hasMessageContaining(stranger.recipient().toString());
    }

    @Test
    void aChangedClearValueIsFoundByTheChecksumAlone() throws SopsException {
        String file = encrypted("a: secret\nb_unencrypted: open\n").replace("open", "shut");

        assertThat(failure(file, keys).kind()).isEqualTo(SopsException.Kind.MAC);
        assertThat(
                        text(
                                Sops.decrypt(
                                        bytes(file),
                                        Format.YAML,
                                        Format.YAML,
                                        keys,
                                        DecryptOptions.WITHOUT_MAC)))
                .contains("shut");
    }

    @Test
    void aValueInClearAmongEncryptedOnesIsRefusedAndNotShown() throws SopsException {
        String file = "added: " + CANARY + "\n" + encrypted("a: secret\n");

        SopsException failure = failure(file, keys);

        assertThat(failure.kind()).isEqualTo(SopsException.Kind.VALUE);
        assertThat(failure.path()).isEqualTo("added");
        assertThat(failure.getMessage()).doesNotContain(CANARY);
    }

    @Test
    void aMovedValueIsRefused() throws SopsException {
        String file = encrypted("a: secret\n").replaceFirst("a: ENC", "b: ENC");

        assertThat(failure(file, keys).kind()).isEqualTo(SopsException.Kind.VALUE);
    }

    @Test
    void aWrongTypeInTheEnvelopeDoesNotShowTheValue() throws SopsException {
        String file = encrypted("a: " + CANARY + "\n").replaceFirst("type:str", "type:int");

        SopsException failure = failure(file, keys);

        assertThat(failure.kind()).isEqualTo(SopsException.Kind.VALUE);
        assertThat(failure.getMessage()).doesNotContain(CANARY);
    }

    @Test
    void missingMetadataIsNotAnEmptyFile() {
        assertThat(failure("a: b\n", keys).kind()).isEqualTo(SopsException.Kind.METADATA);
        assertThat(failure("", keys).kind()).isEqualTo(SopsException.Kind.METADATA);
        assertThat(failure("a: b\nsops: yes\n", keys).kind())
                .isEqualTo(SopsException.Kind.METADATA);
    }

    @Test
    void twoRulesAreRefused() throws SopsException {
        String file = encrypted("a: secret\n") + "    encrypted_regex: a\n";

        assertThat(failure(file, keys))
                .hasMessageContaining("encrypted_regex")
                .hasMessageContaining("unencrypted_suffix");
    }

    @Test
    void tooLargeTooDeepAndTooManyAliasesAreLimits() {
        Limits small = new Limits(1000, 20, 10);
        DecryptOptions options = new DecryptOptions(true, List.of(), small);
        String deep = "{\"a\":".repeat(50) + "1" + "}".repeat(50);

        assertThatThrownBy(() ->
                        Sops.decrypt(new byte[1001], Format.BINARY, Format.BINARY, keys, options))
                .satisfies(this::isLimit);
        assertThatThrownBy(() -> Sops.decrypt(bytes(deep), Format.JSON, Format.JSON, keys, options))
                .satisfies(this::isLimit);
        assertThat(failure(billionLaughs(), keys).kind())
                .isIn(SopsException.Kind.LIMIT, SopsException.Kind.FORMAT);
    }

    private void isLimit(Throwable thrown) {
        assertThat(thrown)
                .isInstanceOfSatisfying(
                        SopsException.class,
                        e -> assertThat(e.kind()).isEqualTo(SopsException.Kind.LIMIT));
    }

    @Test
    void aTextAboutSopsIsNotEncrypted() {
        String manual =
                "data:\n  text: |\n    sops:\n        mac: ENC[AES256_GCM,data:x,iv:x,tag:x,type:str]\n";

        assertThat(Sops.isEncrypted(bytes(manual), Format.YAML)).isFalse();
        assertThat(Sops.isEncrypted(bytes("{\"sops\":{\"mac\":\"x\"}}"), Format.JSON)).isTrue();
    }

    @Test
    void aGroupWithAnUnknownServiceStillOpensWithAge() throws SopsException {
        String file =
                encrypted("a: secret\n")
                        .replace(
                                "sops:\n",
                                "sops:\n    hc_vault:\n        - vault_address: http://192.0.2.1\n          engine_path: transit\n          key_name: k\n          enc: x\n");

        assertThat(
                        text(
                                Sops.decrypt(
                                        bytes(file),
                                        Format.YAML,
                                        Format.YAML,
                                        keys,
                                        DecryptOptions.STRICT)))
                .isEqualTo("a: secret\n");
    }

    private static String billionLaughs() {
        StringBuilder yaml = new StringBuilder("a0: &a0 lol\n");
        for (int i = 1; i < 30; i++) {
            yaml.append("a")
                    .append(i)
                    .append(": &a")
                    .append(i)
                    .append(" [")
                    .append(("*a" + (i - 1) + ", ").repeat(9))
                    .append("*a")
                    .append(i - 1)
                    .append("]\n");
        }
        return yaml.toString();
    }

    private String encrypted(String yaml) throws SopsException {
        Recipients recipients = Recipients.of(List.of(new Recipient.Age(identity.recipient())));
        return text(
                writer.encrypt(
                        bytes(yaml),
                        Format.YAML,
                        recipients,
                        SelectionRule.DEFAULT,
                        KeyRing.empty()));
    }

    private static SopsException failure(String file, KeyRing keys) {
        return catchThrowableOfType(
                SopsException.class,
                () ->
                        Sops.decrypt(
                                bytes(file),
                                Format.YAML,
                                Format.YAML,
                                keys,
                                DecryptOptions.STRICT));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
