package dev.sluice.cli.flux;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LiveObjectTest {

    private static final String DIGEST = "0123456789abcdef".repeat(4);

    @Test
    void shortensDigestsInMessages() {
        assertThat(LiveObject.shortened("Applied revision: latest@sha256:" + DIGEST))
                .isEqualTo("Applied revision: latest@sha256:01234567");
    }

    @Test
    void keepsThePathOfAWebhookWhole() {
        String message = "Receiver initialized for path: /hook/" + DIGEST;

        assertThat(LiveObject.shortened(message)).isEqualTo(message);
    }
}
