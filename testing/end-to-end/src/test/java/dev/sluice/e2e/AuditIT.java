package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.testkit.git.SampleRepository;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
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
            Instant between;
            String first = repository.commit("first", files("one"));
            try (SluiceProcess sluice = rig.up()) {
                rig.gitRepository(ns, "source", "fleet");
                IntStream.range(0, DELIVERIES)
                        .forEach(i -> rig.kustomization(ns, "app-" + i, "./apps/" + i, Map.of()));
                IntStream.range(0, DELIVERIES)
                        .forEach(i -> rig.awaitApplied(ns, "app-" + i, first));

                assertThat(audit(0, "verify", "--kafka", sluice.brokers()).getLast())
                        .contains("sluice/");
                between = Instant.now();
                sluice.kill();
            }
            String data = rig.directory.resolve("data").toString();
            try (SluiceProcess sluice = rig.up()) {
                String second = repository.commit("second", files("two"));
                rig.poke(ns, "source");
                IntStream.range(0, DELIVERIES)
                        .forEach(i -> rig.awaitApplied(ns, "app-" + i, second));
                await().atMost(Rig.PATIENCE)
                        .untilAsserted(() ->
                                assertThat(log(data, "--ledger", "embedded")).isEqualTo(log(data)));
                assertThat(log(data, "--commit", second.substring(0, 10)))
                        .hasSizeGreaterThanOrEqualTo(DELIVERIES);
                assertThat(String.join("\n", audit(0, "at", between.toString(), "--data", data)))
                        .contains(first)
                        .doesNotContain(second);
                assertThat(audit(0, "diff", between.toString(), "now", "--data", data))
                        .filteredOn(line -> line.startsWith("~") && line.contains(second))
                        .hasSize(DELIVERIES);
                assertThat(audit(0, "at", "now", "-o", "yaml", "--data", data))
                        .contains("  key: two");
                replayIsRefusedByTheClusterThatItCameFrom(rig, data);
                replayGoesToTopicsOfOthersOnly(sluice, data);
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

    private static void replayIsRefusedByTheClusterThatItCameFrom(Rig rig, String data) {
        String kubeconfig = rig.controlPlane.kubeconfig("admin").toString();
        List<String> from = List.of("replay", "--data", data, "--from", "1h", "--into", "cluster");
        assertThat(run(2, from, "--kubeconfig", kubeconfig).getLast()).contains("very uid");
        assertThat(run(0, from, "--kubeconfig", kubeconfig, "--into-origin", "default")).hasSize(1);
        Path directory = rig.directory.resolve("replayed");
        run(
                0,
                List.of("replay", "--data", data, "--from", "1h", "--into", "directory"),
                "--directory",
                directory.toString());
        assertThat(directory.resolve("default")).isDirectory();
    }

    private static void replayGoesToTopicsOfOthersOnly(SluiceProcess sluice, String data) {
        List<String> from =
                List.of("replay", "--data", data, "--from", "1h", "--into", "topic", "--broker");
        assertThat(run(2, from, sluice.brokers(), "--topic", "sluice.sources").getLast())
                .contains("choose another");
        assertThat(run(0, from, sluice.brokers(), "--topic", "drill").getLast())
                .contains("events into drill");
    }

    /** What happened to deliveries, without the head of the table. */
    private static List<String> log(String data, String... more) {
        List<String> command =
                List.of("audit", "log", "--data", data, "--kind", "delivery.applied", "-o", "csv");
        List<String> lines = run(0, command, more);
        return lines.subList(1, lines.size());
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
        return run(code, List.of("audit"), arguments);
    }

    private static List<String> run(int code, List<String> begin, String... arguments) {
        List<String> command = new ArrayList<>(begin);
        command.addAll(List.of(arguments));
        SluiceProcess process = SluiceProcess.start(command.toArray(String[]::new));
        assertThat(process.await(60)).as(() -> String.join("\n", process.output())).isEqualTo(code);
        return process.output();
    }
}
