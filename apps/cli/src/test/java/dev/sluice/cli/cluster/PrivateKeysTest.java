package dev.sluice.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrivateKeysTest {

    @ParameterizedTest
    @CsvSource({"rsa-pkcs1.pem, rsa-pkcs8.pem, RSA", "ec-sec1.pem, ec-pkcs8.pem, EC"})
    void readsTheOlderFormsAsPkcs8(String older, String newer, String algorithm) throws Exception {
        assertThat(number(PrivateKeys.parse(pem(older))))
                .isEqualTo(number(PrivateKeys.parse(pem(newer))));
        assertThat(PrivateKeys.parse(pem(older)).getAlgorithm()).isEqualTo(algorithm);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no key",
                "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
                "-----BEGIN EC PRIVATE KEY-----\nMA==\n-----END EC PRIVATE KEY-----",
                "-----BEGIN EC PRIVATE KEY-----\nMIQ=\n-----END EC PRIVATE KEY-----",
                "-----BEGIN EC PRIVATE KEY-----\nMIMDAP8C\n-----END EC PRIVATE KEY-----"
            })
    void refusesWhatIsNoKeyWithoutRepeatingIt(String text) {
        assertThatThrownBy(() -> PrivateKeys.parse(text.getBytes(StandardCharsets.US_ASCII)))
                .isInstanceOf(GeneralSecurityException.class)
                .hasMessageStartingWith("the client key");
    }

    @Test
    void readsAKeyThatOtherTextSurrounds() throws Exception {
        String text =
                "Bag attributes\n"
                        + new String(pem("rsa-pkcs8.pem"), StandardCharsets.US_ASCII)
                        + "\nmore";

        assertThat(PrivateKeys.parse(text.getBytes(StandardCharsets.US_ASCII)).getAlgorithm())
                .isEqualTo("RSA");
    }

    /** The number that makes the key; its encodings may differ. */
    private static BigInteger number(PrivateKey key) {
        return switch (key) {
            case RSAPrivateKey rsa -> rsa.getPrivateExponent();
            case ECPrivateKey ec -> ec.getS();
            default -> throw new AssertionError(key.getAlgorithm());
        };
    }

    private static byte[] pem(String name) throws IOException {
        try (InputStream in = PrivateKeysTest.class.getResourceAsStream("/keys/" + name)) {
            return in.readAllBytes();
        }
    }
}
