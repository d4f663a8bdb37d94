package dev.sluice.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class LockdownTest {

    @Test
    void theOverlayForServicesSaysTheSame() throws IOException {
        String overlay =
                Files.readString(
                        Path.of(
                                System.getProperty("sluice.root"),
                                "deploy/overlays/lockdown/settings.yaml"));

        assertThat(overlay.lines().filter(line -> line.startsWith("  SLUICE_")))
                .containsExactlyInAnyOrderElementsOf(
                        Lockdown.SETTINGS.entrySet().stream()
                                .map(e ->
                                        "  %s: \"%s\""
                                                .formatted(
                                                        e.getKey()
                                                                .toUpperCase(Locale.ROOT)
                                                                .replace('.', '_')
                                                                .replace('-', '_'),
                                                        e.getValue()))
                                .toList());
    }
}
