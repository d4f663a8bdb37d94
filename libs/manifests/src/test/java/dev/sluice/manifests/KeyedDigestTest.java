package dev.sluice.manifests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class KeyedDigestTest {

    private final KeyedDigest digest = new KeyedDigest(key(1));

    @Test
    void isTheSameForTheSameContentInAnyOrderOfKeys() throws Exception {
        ObjectMapper json = new ObjectMapper();

        assertThat(digest.of(json.readTree("{\"a\":1,\"b\":[{\"c\":2,\"d\":3}]}")))
                .isEqualTo(digest.of(json.readTree("{\"b\":[{\"d\":3,\"c\":2}],\"a\":1}")))
                .isNotEqualTo(digest.of(json.readTree("{\"b\":[{\"d\":4,\"c\":2}],\"a\":1}")))
                .startsWith("hmac-sha256:");
    }

    @Test
    void isAnotherWithAnotherKey() {
        byte[] word = "hunter2".getBytes(StandardCharsets.UTF_8);

        assertThat(digest.of(word)).isNotEqualTo(new KeyedDigest(key(2)).of(word));
    }

    @Test
    void refusesAShortKey() {
        assertThatIllegalArgumentException().isThrownBy(() -> new KeyedDigest(new byte[16]));
    }

    private static byte[] key(int fill) {
        byte[] key = new byte[KeyedDigest.KEY_BYTES];
        Arrays.fill(key, (byte) fill);
        return key;
    }
}
