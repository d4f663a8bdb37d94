package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.testkit.git.SampleRepository;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** kill -9 in the middle of the work, and a clean stop. */
class RestartIT {

    private static final int DELIVERIES = 40;

    @Test
    void aKillInTheMiddleOfAnInstallLosesNothing() throws Exception {
        try (Rig rig = new Rig();
                SampleRepository repository = rig.repository("fleet")) {
            String ns = rig.namespace("e2e-restart");
            Map<String, String> files = new HashMap<>();
            IntStream.range(0, DELIVERIES)
                    .forEach(i ->
                            files.put(
                                    "apps/" + i + "/cm.yaml",
                                    PipelineIT.configMap("app-" + i, "one")));
            String commit = repository.commit("all", files);
            SluiceProcess first = rig.up();
            rig.gitRepository(ns, "source", "fleet");
            IntStream.range(0, DELIVERIES)
                    .forEach(i -> rig.kustomization(ns, "app-" + i, "./apps/" + i, Map.of()));
            await().atMost(Rig.PATIENCE)
                    .untilAsserted(() ->
                            assertThat(rig.client.configMaps().inNamespace(ns).list().getItems())
                                    .hasSizeGreaterThan(5));

            first.kill();
            SluiceProcess second = rig.up();

            IntStream.range(0, DELIVERIES).forEach(i -> rig.awaitApplied(ns, "app-" + i, commit));
            assertThat(
                            rig.client
                                    .configMaps()
                                    .inNamespace(ns)
                                    .withLabel("kustomize.toolkit.fluxcd.io/name")
                                    .list()
                                    .getItems())
                    .hasSize(DELIVERIES);
            assertThat(second.stop()).isIn(0, 143);
        }
    }
}
