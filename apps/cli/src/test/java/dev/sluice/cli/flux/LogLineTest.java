package dev.sluice.cli.flux;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LogLineTest {

    @Test
    void readsOurOwnLines() {
        assertThat(
                        LogLine.read(
                                "13:37:43.627 INFO  target=default/Kustomization/flux-system/web revision=main applied"))
                .isEqualTo(new LogLine(1, "Kustomization", "flux-system", "web"));
        assertThat(LogLine.read("2026-11-23T13:37:43.627Z WARN  the broker is away"))
                .isEqualTo(new LogLine(2, "", "", ""));
    }

    @Test
    void readsThoseOfFluxsControllers() {
        assertThat(
                        LogLine.read(
                                "{\"level\":\"error\",\"controllerKind\":\"GitRepository\",\"namespace\":\"a\",\"name\":\"b\"}"))
                .isEqualTo(new LogLine(3, "GitRepository", "a", "b"));
        assertThat(LogLine.read("{broken")).isEqualTo(new LogLine(1, "", "", ""));
    }
}
