package dev.sluice.applier.helm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.events.AppliedObject;
import dev.sluice.events.DriftedObject;
import dev.sluice.fluxapi.FluxJson;
import dev.sluice.fluxapi.MalformedObjectException;
import dev.sluice.fluxapi.helm.HelmRelease;
import dev.sluice.fluxapi.helm.HelmReleaseStatus;
import dev.sluice.helm.ReleasePlan;
import dev.sluice.helm.chart.ChartFiles;
import dev.sluice.helm.worker.HelmRequest;
import dev.sluice.helm.worker.HelmRequest.Chart;
import dev.sluice.helm.worker.HelmResponse;
import dev.sluice.helm.worker.HelmWorkers;
import dev.sluice.helm.worker.WorkerException;
import dev.sluice.helm.worker.WorkerIdentity;
import dev.sluice.helm.worker.WorkerProgram;
import dev.sluice.kubernetes.Cluster;
import dev.sluice.kubernetes.health.HealthRules;
import dev.sluice.quotas.Quotas;
import dev.sluice.testkit.cluster.ControlPlane;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Releases by the real worker on a real API server. */
class HelmReleaseClusterIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TEMPLATE =
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: "{{ .Release.Name }}"}
            data: {greeting: {{ .Values.greeting | quote }}}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: other}
            data: {a: b}
            {{- if .Values.broken }}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: Is_No_Name}
            {{- end }}
            """;

    @TempDir static Path directory;
    private static ControlPlane controlPlane;
    private static Cluster cluster;
    private static HelmWorkers workers;

    private final List<String> told = new ArrayList<>();
    private ObjectNode object = JsonNodeFactory.instance.objectNode();
    private List<AppliedObject> applied = List.of();
    private List<String> changes = List.of();

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(goIsHere(), "Go is not present, so there is no Helm worker to test");
        controlPlane = ControlPlane.start(directory.resolve("cp"), System.out::println);
        cluster =
                Cluster.connect(
                        Config.fromKubeconfig(Files.readString(controlPlane.kubeconfig("sluice"))));
        workers =
                new HelmWorkers(
                        () -> WorkerProgram.find(Optional.empty(), Optional.of(root())),
                        HelmWorkers.Limits.DEFAULT,
                        Clock.systemUTC());
    }

    private static boolean goIsHere() {
        return List.of(System.getenv("PATH").split(File.pathSeparator)).stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "go")));
    }

    private static Path root() {
        Path at = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(at.resolve("native"))) {
            at = Objects.requireNonNull(at.getParent(), "the test runs outside of the project");
        }
        return at;
    }

    @AfterAll
    static void stop() {
        if (controlPlane != null) {
            workers.close();
            cluster.close();
            controlPlane.close();
        }
    }

    @Test
    void installsUpgradesRollsBackAndUninstalls() throws Exception {
        release("road", "{'upgrade':{'remediation':{'remediateLastFailure':true}}}");

        assertThat(run("{'greeting':'one'}")).isInstanceOf(Ending.Settled.class);
        assertThat(greeting()).isEqualTo("one");
        assertThat(changes)
                .containsExactly("ConfigMap/road/road created", "ConfigMap/road/other created");
        assertThat(records()).containsExactly("sh.helm.release.v1.road.v1 deployed");
        assertThat(config("road").getMetadata().getLabels())
                .containsEntry("app.kubernetes.io/managed-by", "Helm")
                .containsEntry("helm.toolkit.fluxcd.io/name", "road");

        assertThat(run("{'greeting':'two'}")).isInstanceOf(Ending.Settled.class);
        assertThat(greeting()).isEqualTo("two");
        assertThat(changes).containsExactly("ConfigMap/road/road configured");

        assertThat(run("{'greeting':'three','broken':true}")).isInstanceOf(Ending.Stalled.class);
        assertThat(greeting()).isEqualTo("two");
        assertThat(records())
                .containsExactly(
                        "sh.helm.release.v1.road.v1 superseded",
                        "sh.helm.release.v1.road.v2 superseded",
                        "sh.helm.release.v1.road.v3 failed",
                        "sh.helm.release.v1.road.v4 deployed");
        assertThat(told)
                .containsExactly(
                        "InstallSucceeded",
                        "UpgradeSucceeded",
                        "UpgradeFailed",
                        "RollbackSucceeded");

        HelmRelease last = FluxJson.read(object, HelmRelease.class);
        assertThat(ReleaseRemoval.run(last, draft(last), this::ask, new Listening())).isEmpty();
        assertThat(records()).isEmpty();
        assertThat(config("road")).isNull();
    }

    @Test
    void whatSomeoneChangedIsPutBackAloneWithoutANewRelease() throws Exception {
        release("drift", "{'driftDetection':{'mode':'enabled'}}");
        run("{'greeting':'one'}");
        String other = config("other").getMetadata().getResourceVersion();
        ConfigMap edited = config("drift");
        edited.getData().put("greeting", "mine");
        edited.getMetadata().setManagedFields(null);
        String version =
                client().configMaps().resource(edited).update().getMetadata().getResourceVersion();

        HelmRelease now = FluxJson.read(object, HelmRelease.class);
        ReleaseCorrection.Result result =
                new ReleaseCorrection(now, draft(now), new Listening())
                        .run(this::ask, applied, List.of(drifted(version)));

        assertThat(result).isInstanceOf(ReleaseCorrection.Result.Done.class);
        assertThat(greeting()).isEqualTo("one");
        assertThat(config("other").getMetadata().getResourceVersion()).isEqualTo(other);
        assertThat(records()).containsExactly("sh.helm.release.v1.drift.v1 deployed");
        assertThat(told).contains("DriftCorrected");
    }

    @Test
    void aRequestFindsNothingToDoWhereAllIsAsReleased() throws Exception {
        release("same", "{'driftDetection':{'mode':'enabled'},'test':{'enable':true}}");
        run("{'greeting':'one'}");
        String before = config("same").getMetadata().getResourceVersion();

        assertThat(run("{'greeting':'one'}")).isInstanceOf(Ending.Settled.class);

        assertThat(config("same").getMetadata().getResourceVersion()).isEqualTo(before);
        assertThat(records()).containsExactly("sh.helm.release.v1.same.v1 deployed");
        assertThat(told).containsExactly("InstallSucceeded", "TestSucceeded");
    }

    @Test
    void whatSomeoneElseOwnsIsTakenOver() throws Exception {
        release("taken", "{}");
        client().configMaps()
                .resource(
                        new ConfigMapBuilder()
                                .withNewMetadata()
                                .withName("taken")
                                .withNamespace("taken")
                                .endMetadata()
                                .withData(Map.of("greeting", "mine"))
                                .build())
                .create();

        assertThat(run("{'greeting':'one'}")).isInstanceOf(Ending.Settled.class);
        assertThat(greeting()).isEqualTo("one");
    }

    private void release(String name, String spec) throws Exception {
        client().namespaces()
                .resource(
                        new NamespaceBuilder()
                                .withNewMetadata()
                                .withName(name)
                                .endMetadata()
                                .build())
                .create();
        object.put("apiVersion", "helm.toolkit.fluxcd.io/v2").put("kind", "HelmRelease");
        object.putObject("metadata")
                .put("name", name)
                .put("namespace", name)
                .put("uid", "u")
                .put("generation", 1);
        object.set("spec", JSON.readTree(spec.replace('\'', '"')));
        object.withObject("/spec").put("interval", "1m").put("timeout", "30s");
    }

    private Ending run(String values) throws Exception {
        HelmRelease wanted = FluxJson.read(object, HelmRelease.class);
        ReleaseDraft draft = draft(wanted);
        ReleaseWork work =
                new ReleaseWork(
                        wanted,
                        new ReleasePlan(
                                "sha256:chart",
                                "1.0.0",
                                null,
                                (ObjectNode) JSON.readTree(values.replace('\'', '"'))),
                        new Chart(archive(), null, null, null),
                        this::ask,
                        new Listening(),
                        draft);
        Ending ending = new ReleaseRun(work, Clock.systemUTC()).run();
        changes = work.changes.stream().map(c -> c.object() + ' ' + c.action().wireName()).toList();
        if (work.objects != null) {
            applied = ReleaseObjects.applied(work.objects);
        }
        object.set("status", FluxJson.write(draft.toStatus()));
        return ending;
    }

    private static ReleaseDraft draft(HelmRelease of) {
        return new ReleaseDraft(of, Clock.systemUTC());
    }

    private HelmResponse ask(HelmRequest request) throws WorkerException, InterruptedException {
        try {
            WorkerIdentity identity = WorkerIdentities.of(cluster);
            HealthRules rules = new HealthRules(Clock.systemUTC());
            return workers.run(
                    identity,
                    request,
                    new HelmAnswers(
                            FluxJson.read(object, HelmRelease.class),
                            new ReleaseLimits(new Quotas()),
                            cluster,
                            rules::assess));
        } catch (IOException | MalformedObjectException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String archive() {
        byte[] packed =
                ChartFiles.of(
                                Map.of(
                                        "Chart.yaml",
                                        "apiVersion: v2\nname: app\nversion: 1.0.0\n"
                                                .getBytes(UTF_8),
                                        "values.yaml",
                                        "greeting: hello\nbroken: false\n".getBytes(UTF_8),
                                        "templates/all.yaml",
                                        TEMPLATE.getBytes(UTF_8)))
                        .pack("app");
        return Base64.getEncoder().encodeToString(packed);
    }

    private static KubernetesClient client() {
        return cluster.client();
    }

    private String name() {
        return object.at("/metadata/name").asText();
    }

    private ConfigMap config(String name) {
        return client().configMaps().inNamespace(name()).withName(name).get();
    }

    private String greeting() {
        return config(name()).getData().get("greeting");
    }

    /** Helm's records: their names and what they say. */
    private List<String> records() {
        return client()
                .secrets()
                .inNamespace(name())
                .withLabel("owner", "helm")
                .list()
                .getItems()
                .stream()
                .map(HelmReleaseClusterIT::shown)
                .sorted()
                .toList();
    }

    private static String shown(Secret record) {
        return record.getMetadata().getName()
                + ' '
                + record.getMetadata().getLabels().get("status");
    }

    private static DriftedObject drifted(String version) {
        return new DriftedObject(
                "drift_drift__ConfigMap",
                DriftedObject.How.EDITED,
                "someone",
                List.of(".data.greeting"),
                version,
                Instant.now(),
                1,
                false);
    }

    /** Keeps the reasons of what is told. */
    private final class Listening implements ReleaseReports {
        @Override
        public void status(HelmRelease of, HelmReleaseStatus status) {
            // The test reads the draft.
        }

        @Override
        public void event(
                HelmRelease of,
                boolean warning,
                String reason,
                String message,
                Map<String, String> marks) {
            told.add(reason);
        }
    }
}
