package dev.sluice.fetcher.helm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.fetcher.http.HostGate;
import dev.sluice.fetcher.http.WebClient;
import dev.sluice.fetcher.oci.RegistryClient;
import dev.sluice.fetcher.source.SourceSecrets;
import dev.sluice.fluxapi.FluxJson;
import dev.sluice.fluxapi.source.HelmChart;
import dev.sluice.fluxapi.source.HelmRepository;
import dev.sluice.helm.chart.ChartLimits;
import dev.sluice.testkit.oci.OciRegistry;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChartRegistriesTest {

    private static final String CHART = "application/vnd.cncf.helm.chart.content.v1.tar+gzip";

    private OciRegistry registry;
    private final Clock clock = Clock.systemUTC();
    private final ChartRegistries charts =
            new ChartRegistries(
                    new RegistryClient(new WebClient(new HostGate(4, clock)), clock),
                    // No Secret is named, so nobody is asked for one.
                    new SourceSecrets(
                            new KubernetesClientBuilder()
                                    .withConfig(
                                            new ConfigBuilder()
                                                    .withMasterUrl("http://127.0.0.1:1")
                                                    .build())
                                    .build()),
                    ChartLimits.DEFAULT);

    @BeforeEach
    void start() throws Exception {
        registry = new OciRegistry(OciRegistry.Login.NONE);
        push("app", CHART, "1.0.0", "1.1.0", "1.2.0_build.5", "2.0.0-rc.1");
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void takesTheHighestVersionOfTheRangeAndPullsItByItsTag() throws Exception {
        ChartRegistries.Place place = charts.place(repository(), "app");

        String version = charts.find(place, "app", "1.x").version();
        ChartRegistries.Pulled pulled = charts.pull(place, version, chart(), null);

        assertThat(version).isEqualTo("1.2.0+build.5");
        assertThat(new String(pulled.archive(), UTF_8)).isEqualTo("app");
        assertThat(pulled.verified()).isEmpty();
    }

    @Test
    void anExactVersionIsNotLookedUp() throws Exception {
        int before = registry.requests().size();

        charts.find(charts.place(repository(), "app"), "app", "1.0.0");

        assertThat(registry.requests()).hasSize(before);
    }

    @Test
    void saysThatNoVersionFits() throws Exception {
        ChartRegistries.Place place = charts.place(repository(), "app");

        assertThatThrownBy(() -> charts.find(place, "app", "3.x"))
                .isInstanceOf(BuildFailure.class)
                .hasMessage("no 'app' chart with version matching '3.x' found");
    }

    @Test
    void refusesAnArtifactThatIsNoChart() throws Exception {
        push("image", "application/x", "1.0.0");
        ChartRegistries.Place place = charts.place(repository(), "image");

        assertThatThrownBy(() -> charts.pull(place, "1.0.0", chart(), null))
                .isInstanceOf(BuildFailure.class)
                .hasMessageContaining("it is no Helm chart");
    }

    @Test
    void aChartThatMustBeSignedIsRefusedWithoutKeys() throws Exception {
        ChartRegistries.Place place = charts.place(repository(), "app");
        HelmChart.Verification wish = new HelmChart.Verification("cosign", null, List.of());

        assertThatThrownBy(() -> charts.pull(place, "1.0.0", chart(), wish))
                .isInstanceOf(BuildFailure.class)
                .hasMessageContaining("spec.verify.secretRef");
    }

    @Test
    void aNameThatLeavesTheRegistryIsRefused() throws Exception {
        assertThatThrownBy(() -> charts.place(repository(), "../other"))
                .isInstanceOf(BuildFailure.class);
    }

    private void push(String name, String type, String... tags) throws Exception {
        registry.push(
                "charts/" + name,
                List.of(tags),
                List.of(new OciRegistry.Layer(type, name.getBytes(UTF_8), Map.of())),
                Map.of());
    }

    private HelmRepository repository() throws Exception {
        return FluxJson.read(
                new ObjectMapper()
                        .readTree(
                                """
                                {"apiVersion": "source.toolkit.fluxcd.io/v1", "kind": "HelmRepository",
                                 "metadata": {"name": "charts", "namespace": "team", "uid": "u", "generation": 1},
                                 "spec": {"type": "oci", "insecure": true, "url": "oci://%s/charts/"}}
                                """
                                        .formatted(registry.host())),
                HelmRepository.class);
    }

    private static HelmChart chart() throws Exception {
        return FluxJson.read(
                new ObjectMapper()
                        .readTree(
                                """
                                {"apiVersion": "source.toolkit.fluxcd.io/v1", "kind": "HelmChart",
                                 "metadata": {"name": "app", "namespace": "team", "uid": "u", "generation": 1},
                                 "spec": {"chart": "app", "interval": "1m", "sourceRef": {"kind": "HelmRepository", "name": "charts"}}}
                                """),
                HelmChart.class);
    }
}
