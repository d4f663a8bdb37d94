package dev.sluice.artifacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigestTest {

    private static final String EMPTY =
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    @Test
    void isTheSha256OfTheBytes() {
        assertThat(Digest.of(new byte[0])).hasToString("sha256:" + EMPTY);
        assertThat(Digest.of(new byte[0]).hex()).isEqualTo(EMPTY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sha256:",
                EMPTY,
                "sha256:../../../../etc/passwd",
                "sha512:" + EMPTY,
                "sha256:" + EMPTY + "0",
                "sha256:E3B0"
            })
    void refusesEveryOtherForm(String value) {
        assertThatThrownBy(() -> new Digest(value)).isInstanceOf(IllegalArgumentException.class);
    }
}
