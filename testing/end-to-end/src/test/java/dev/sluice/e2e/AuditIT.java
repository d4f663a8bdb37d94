package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.git.SampleRepository;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The log as evidence, over a kill and a restart. */
class AuditIT {

    private static final int DELIVERIES = 30;

    @Test
    void theLogVerifiesWhileItIsWrittenAfterAKillAndFromItsFiles() throws Exception {
        try (Rig rig = new Rig();
                SampleRepository repository = rig.repository("fleet")) {
            String ns = rig.namespace("e2e-audit");
            String first = repository.commit("first", files("one"));
            try (SluiceProcess sluice = rig.up()) {
                rig.gitRepository(ns, "source", "fleet");
                IntStream.range(0, DELIVERIES)
                        .forEach(i -> rig.kustomization(ns, "app-" + i, "./apps/" + i, Map.of()));
                IntStream.range(0, DELIVERIES)
                        .forEach(i -> rig.awaitApplied(ns, "app-" + i, first));

                assertThat(audit(0, "verify", "--kafka", sluice.brokers()).getLast())
                        .contains("sluice/");
                sluice.kill();
            }
            String data = rig.directory.resolve("data").toString();
            try (SluiceProcess sluice = rig.up()) {
                String second = repository.commit("second", files("two"));
                rig.poke(ns, "source");
                IntStream.range(0, DELIVERIES)
                        .forEach(i -> rig.awaitApplied(ns, "app-" + i, second));
                assertThat(sluice.stop()).isIn(0, 143);
            }

            assertThat(audit(0, "verify", "--data", data).getLast()).contains("0 findings");
            assertThat(
                            audit(
                                    0,
                                    "verify",
                                    "--data",
                                    data,
                                    "--keys",
                                    Path.of(data).resolve("keys").toString()))
                    .hasSize(1);
        }
    }

    private static Map<String, String> files(String value) {
        Map<String, String> files = new HashMap<>();
        IntStream.range(0, DELIVERIES)
                .forEach(i ->
                        files.put(
                                "apps/" + i + "/cm.yaml", PipelineIT.configMap("app-" + i, value)));
        return files;
    }

    private static List<String> audit(int code, String... arguments) {
        List<String> command = new java.util.ArrayList<>(List.of("audit"));
        command.addAll(List.of(arguments));
        SluiceProcess process = SluiceProcess.start(command.toArray(String[]::new));
        assertThat(process.await(60)).as(() -> String.join("\n", process.output())).isEqualTo(code);
        return process.output();
    }
}
