package dev.sluice.tls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TlsMaterialTest {

    private static final String NO_KEY =
            "-----BEGIN PRIVATE KEY-----\nhush\n-----END PRIVATE KEY-----\n";

    @Test
    void readsTheOlderNamesWhereTheNewerAreNotThere() {
        Map<String, byte[]> secret =
                Map.of(
                        "ca.crt", bytes("authorities"),
                        "caFile", bytes("older"),
                        "certFile", bytes("certificate"),
                        "keyFile", bytes("key"));

        assertThat(TlsMaterial.of(secret))
                .isEqualTo(new TlsMaterial("authorities", "certificate", "key"));
    }

    @Test
    void nothingOfItIsThePlatformsOwn() throws Exception {
        TlsMaterial none = TlsMaterial.of(Map.of("password", bytes("x")));

        assertThat(none.isEmpty()).isTrue();
        assertThat(none.keyManagers()).isNull();
        assertThat(none.trustManagers()).isNull();
        assertThat(none.context().getProtocol()).isEqualTo("TLS");
    }

    @Test
    void aKeyThatCannotBeReadIsNotTold() {
        TlsMaterial broken = new TlsMaterial("", "certificate", NO_KEY);

        assertThatThrownBy(broken::keyManagers)
                .isInstanceOf(IOException.class)
                .hasMessageNotContaining("hush");
    }

    @Test
    void theKeyIsInNoText() {
        assertThat(new TlsMaterial("a", "c", "hush")).hasToString("TlsMaterial");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
