package dev.sluice.fluxapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GitHubAppKeysTest {

    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);

    /** Where the bare key begins in what the platform writes for a key of 1024 bits. */
    private static final int BARE = 26;

    @ParameterizedTest
    @ValueSource(strings = {"PRIVATE KEY", "RSA PRIVATE KEY"})
    void anAppProvesItselfByItsKey(String label) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(1024);
        KeyPair pair = generator.generateKeyPair();
        byte[] der = pair.getPrivate().getEncoded();
        byte[] written = label.startsWith("RSA") ? Arrays.copyOfRange(der, BARE, der.length) : der;
        String pem =
                "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                        .formatted(label, Base64.getMimeEncoder().encodeToString(written), label);

        String claim = keys("12", "34", "", pem).claim(NOW);

        String[] parts = claim.split("\\.", -1);
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(pair.getPublic());
        signature.update((parts[0] + '.' + parts[1]).getBytes(StandardCharsets.US_ASCII));
        assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
        assertThat(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8))
                .isEqualTo("{\"iat\":1799999940,\"exp\":1800000540,\"iss\":\"12\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no key",
                "-----BEGIN RSA PRIVATE KEY-----\n***\n-----END RSA PRIVATE KEY-----",
                "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----"
            })
    void whatIsNoKeyIsRefused(String pem) {
        assertThatThrownBy(() -> keys("12", "34", "", pem).claim(NOW))
                .isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void itIsCompleteWithTheInstallationOrItsOwner() {
        assertThat(keys("12", "34", "", "k").isComplete()).isTrue();
        assertThat(keys("12", "", "org", "k").isComplete()).isTrue();
        assertThat(keys("12", "", "", "k").isComplete()).isFalse();
        assertThat(keys("", "34", "", "k").isComplete()).isFalse();
        assertThat(keys("12", "34", "", "k").base()).isEqualTo("https://api.github.com");
    }

    private static GitHubAppKeys keys(String app, String installation, String owner, String key) {
        return GitHubAppKeys.of(
                Map.of(
                        "githubAppID", bytes(app),
                        "githubAppInstallationID", bytes(installation),
                        "githubAppInstallationOwner", bytes(owner),
                        "githubAppPrivateKey", bytes(key)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
