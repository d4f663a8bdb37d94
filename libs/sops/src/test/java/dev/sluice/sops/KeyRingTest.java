package dev.sluice.sops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.sops.age.AgeIdentity;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyRingTest {
    private final AgeIdentity identity = AgeIdentity.generate(new SecureRandom());
    private final byte[] keyFile =
            ("# made by hand\n" + identity.secretText() + "\n").getBytes(StandardCharsets.UTF_8);

    @ParameterizedTest
    @ValueSource(strings = {"team.agekey", "age.key", "keys.txt"})
    void anAgeKeyIsFoundUnderAnyName(String entry) throws SopsException {
        KeyRing ring = KeyRing.ofSecret(Map.of(entry, keyFile));

        assertThat(ring.recipients()).containsExactly(identity.recipient().toString());
        assertThat(ring.ignoredEntries()).isEmpty();
    }

    @Test
    void whatIsNoKeyIsNamedAndIgnored() throws SopsException {
        KeyRing ring =
                KeyRing.ofSecret(
                        Map.of(
                                "notes",
                                "hello".getBytes(StandardCharsets.UTF_8),
                                "a.agekey",
                                keyFile));

        assertThat(ring.ignoredEntries()).containsExactly("notes");
    }

    @Test
    void anEntryThatMustBeAKeyAndIsNoneFailsByName() {
        assertThatThrownBy(() ->
                        KeyRing.ofSecret(
                                Map.of("team.agekey", "hello".getBytes(StandardCharsets.UTF_8))))
                .hasMessageContaining("team.agekey");
        assertThatThrownBy(() ->
                        KeyRing.ofSecret(
                                Map.of("team.asc", "hello".getBytes(StandardCharsets.UTF_8))))
                .hasMessageContaining("team.asc");
    }

    @Test
    void sshKeysAreForTheCommandLineAlone() throws SopsException {
        byte[] ssh = RealFiles.read("ssh-ed25519");

        assertThat(KeyRing.ofFiles(Map.of("id", ssh)).recipients()).hasSize(1);
        assertThat(KeyRing.ofSecret(Map.of("id", ssh)).recipients()).isEmpty();
        assertThatThrownBy(() -> KeyRing.ofSecret(Map.of("id.agekey", ssh)))
                .hasMessageContaining("id.agekey");
    }

    @Test
    void aManifestOfAKeySecretIsAKeyFile() throws SopsException {
        String manifest =
                "apiVersion: v1\nkind: Secret\nmetadata: {name: sops-age}\nstringData:\n  age.agekey: "
                        + identity.secretText()
                        + "\n";

        assertThat(
                        KeyRing.ofFiles(
                                        Map.of(
                                                "secret.yaml",
                                                manifest.getBytes(StandardCharsets.UTF_8)))
                                .recipients())
                .containsExactly(identity.recipient().toString());
    }

    @Test
    void printsPublicHalvesOnlyAndForgetsWhenClosed() throws SopsException {
        KeyRing ring =
                KeyRing.ofSecret(
                        Map.of(
                                "a.agekey",
                                keyFile,
                                "sops.vault-token",
                                "hvs.token".getBytes(StandardCharsets.UTF_8)));

        assertThat(ring.toString())
                .contains(identity.recipient().toString())
                .doesNotContain(identity.secretText())
                .doesNotContain("hvs.token");
        ring.close();
        assertThat(ring.toString()).doesNotContain("hvs.token");
    }
}
