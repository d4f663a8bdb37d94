package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.cli.flux.Age;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FluxCommandsTest {

    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
    private static final String KUSTOMIZATIONS =
            "/apis/kustomize.toolkit.fluxcd.io/v1/namespaces/flux-system/kustomizations/";
    private static final String REPOSITORY =
            "/apis/source.toolkit.fluxcd.io/v1/namespaces/flux-system/gitrepositories/fleet";

    @TempDir private Path folder;
    private final Run run = new Run();
    private FakeApiServer server;

    @BeforeEach
    void startWithTwoKustomizationsAndTheirSource() throws IOException {
        server = new FakeApiServer();
        server.put(
                REPOSITORY,
                object(
                        "fleet",
                        "",
                        "\"artifact\": {\"revision\": \"main@sha1:" + COMMIT + "\"},",
                        "True",
                        "stored artifact"));
        server.put(
                KUSTOMIZATIONS + "apps",
                object(
                        "apps",
                        "\"sourceRef\": {\"kind\": \"GitRepository\", \"name\": \"fleet\"}",
                        "\"lastAppliedRevision\": \"main@sha1:"
                                + COMMIT
                                + "\", \"inventory\": {\"entries\": ["
                                + "{\"id\": \"_web__Namespace\", \"v\": \"v1\"},"
                                + "{\"id\": \"flux-system_apps_kustomize.toolkit.fluxcd.io_Kustomization\", \"v\": \"v1\"},"
                                + "{\"id\": \"flux-system_web_kustomize.toolkit.fluxcd.io_Kustomization\", \"v\": \"v1\"}]},",
                        "True",
                        "Applied revision: main@sha1:" + COMMIT));
        server.put(
                KUSTOMIZATIONS + "web",
                object(
                        "web",
                        "\"suspend\": true",
                        "\"inventory\": {\"entries\": [{\"id\": \"web_a__b_rbac.authorization.k8s.io_Role\", \"v\": \"v1\"}]},",
                        "False",
                        "kustomize build failed:\\n\\u001b[31mno such file"));
        server.controlledBy(FluxCommandsTest::reconciled);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void listsObjectsWithTheirStateOnOneLineEach() throws IOException {
        assertThat(sluice("get", "kustomizations")).isZero();

        assertThat(run.takeOut().lines())
                .containsExactly(
                        "NAME\tREVISION          \tSUSPENDED\tREADY\tMESSAGE",
                        "apps\tmain@sha1:01234567\tFalse    \tTrue \tApplied revision: main@sha1:01234567",
                        "web \t                  \tTrue     \tFalse\tkustomize build failed: [31mno such file");
    }

    @Test
    void listsOneKindAfterTheOtherForAll() throws IOException {
        assertThat(sluice("get", "all", "-A", "--no-header")).isZero();

        assertThat(
                        run.takeOut()
                                .lines()
                                .map(line ->
                                        line.replaceAll("\\s+", " ")
                                                .replaceAll("^(\\S+ \\S+).*", "$1")))
                .containsExactly(
                        "flux-system gitrepository/fleet",
                        "",
                        "flux-system kustomization/apps",
                        "flux-system kustomization/web");
    }

    @ParameterizedTest
    @CsvSource({"ready=false, web", "ready=True, apps"})
    void selectsByState(String selector, String name) throws IOException {
        assertThat(sluice("get", "ks", "--status-selector", selector, "-o", "name")).isZero();

        assertThat(run.takeOut())
                .isEqualToIgnoringNewLines("kustomization.kustomize.toolkit.fluxcd.io/" + name);
    }

    @Test
    void printsObjectsAsYaml() throws IOException {
        assertThat(sluice("get", "source", "git", "fleet", "-o", "yaml")).isZero();

        assertThat(run.takeOut())
                .startsWith("apiVersion: v1\nitems:\n- ")
                .contains("    name: fleet\n");
    }

    @Test
    void tellsThatThereAreNone() throws IOException {
        assertThat(sluice("get", "helmreleases", "-n", "apps")).isEqualTo(1);

        assertThat(run.takeErr())
                .isEqualToIgnoringNewLines("✗ no HelmRelease objects found in \"apps\" namespace");
    }

    @Test
    void refusesWordsThatNameNoKind() throws IOException {
        assertThat(sluice("get", "things")).isEqualTo(2);
        assertThat(run.takeErr()).startsWith("'things' names no kind.");
        assertThat(sluice("reconcile", "all", "x")).isEqualTo(2);
        assertThat(sluice("suspend", "ks")).isEqualTo(2);
    }

    @Test
    void drawsWhatAnObjectMadeAndWhatThatMade() throws IOException {
        assertThat(sluice("tree", "ks", "apps")).isZero();

        assertThat(run.takeOut().lines())
                .containsExactly(
                        "Kustomization/flux-system/apps",
                        "├── Namespace/web",
                        "└── Kustomization/flux-system/web",
                        "    └── Role/web/a:b");
    }

    @Test
    void drawsFluxKindsAlone() throws IOException {
        assertThat(sluice("tree", "ks", "apps", "--compact")).isZero();

        assertThat(run.takeOut().lines())
                .containsExactly(
                        "Kustomization/flux-system/apps", "└── Kustomization/flux-system/web");
    }

    @Test
    void printsATreeAsJson() throws IOException {
        assertThat(sluice("tree", "ks", "web", "-o", "json")).isZero();

        assertThat(run.takeOut())
                .isEqualToIgnoringWhitespace(
                        """
                        {"resource": {"Namespace": "flux-system", "Name": "web",
                                      "GroupKind": {"Group": "kustomize.toolkit.fluxcd.io", "Kind": "Kustomization"}},
                         "resources": [
                           {"resource": {"Namespace": "web", "Name": "a:b",
                                         "GroupKind": {"Group": "rbac.authorization.k8s.io", "Kind": "Role"}}}]}
                        """);
    }

    @Test
    void reconcilesTheSourceFirst() throws IOException {
        assertThat(sluice("reconcile", "ks", "apps", "--with-source")).isZero();

        assertThat(run.takeErr().lines())
                .containsExactly(
                        "► annotating GitRepository fleet in flux-system namespace",
                        "✔ GitRepository annotated",
                        "◎ waiting for GitRepository reconciliation",
                        "✔ fetched revision main@sha1:" + COMMIT,
                        "► annotating Kustomization apps in flux-system namespace",
                        "✔ Kustomization annotated",
                        "◎ waiting for Kustomization reconciliation",
                        "✔ applied revision main@sha1:" + COMMIT);
    }

    @Test
    void givesUpWhenNobodyReconciles() throws IOException {
        server.controlledBy(object -> object);

        assertThat(sluice("reconcile", "ks", "apps", "--timeout", "1ms")).isEqualTo(1);
        assertThat(run.takeErr()).contains("✗ Kustomization 'apps' was not reconciled within 0 s");
    }

    @Test
    void doesNotReconcileWhatIsSuspended() throws IOException {
        assertThat(sluice("reconcile", "ks", "web")).isEqualTo(1);
        assertThat(run.takeErr()).isEqualToIgnoringNewLines("✗ resource is suspended");
    }

    @Test
    void suspendsAndResumes() throws IOException {
        assertThat(sluice("suspend", "ks", "--all")).isZero();
        assertThat(server.get(KUSTOMIZATIONS + "apps").at("/spec/suspend").asBoolean()).isTrue();

        assertThat(sluice("resume", "ks", "apps")).isZero();
        assertThat(server.get(KUSTOMIZATIONS + "apps").at("/spec/suspend").asBoolean()).isFalse();
        assertThat(server.get(KUSTOMIZATIONS + "web").at("/spec/suspend").asBoolean()).isTrue();
        assertThat(run.takeErr())
                .endsWith("✔ Kustomization reconciliation completed" + System.lineSeparator());
    }

    @Test
    void goesOnWithTheOthersWhereOneIsNotThere() throws IOException {
        assertThat(sluice("suspend", "ks", "nothere", "apps")).isZero();
        assertThat(run.takeErr())
                .startsWith("✗ Kustomization nothere not found in flux-system namespace")
                .contains("✔ kustomization suspended");
        assertThat(sluice("resume", "ks", "nothere")).isZero();
        assertThat(run.takeErr())
                .isEqualToIgnoringNewLines(
                        "✗ Kustomization object 'nothere' not found in flux-system namespace");
        assertThat(sluice("suspend", "ks", "--all", "-n", "empty")).isEqualTo(1);
    }

    @Test
    void doesNotWaitForManyThatAreResumed() throws IOException {
        assertThat(sluice("resume", "ks", "--all")).isZero();

        assertThat(run.takeErr()).doesNotContain("waiting");
    }

    @Test
    void countsByKind() throws IOException {
        sluice("suspend", "ks", "apps");
        assertThat(sluice("stats")).isZero();

        assertThat(run.takeOut())
                .startsWith("RECONCILERS")
                .containsPattern("Kustomization +\t0 +\t1 +\t2 +\t-");
    }

    @Test
    void tellsItsVersion() throws IOException {
        assertThat(sluice("version", "--client", "-o", "json")).isZero();

        assertThat(run.takeOut()).contains("\"sluice\" : \"v" + Main.VERSION + "\"");
    }

    @ParameterizedTest
    @CsvSource({
        "registry:5000/a/sluice-applier:v1.2.3@sha256:00, v1.2.3",
        "ghcr.io/sluice-dev/sluice, latest",
        "registry:5000/a@sha256:00, sha256:00"
    })
    void readsTheVersionOffAnImage(String image, String version) {
        assertThat(VersionCommand.tag(image)).isEqualTo(version);
    }

    @ParameterizedTest
    @CsvSource({"281, 281 B", "1945, 1.9 KiB", "5242880, 5.0 MiB"})
    void printsSizesAsFluxDoes(long bytes, String printed) {
        assertThat(StatsCommand.size(bytes)).isEqualTo(printed);
    }

    @Test
    void reportsAFailedReconciliation() throws IOException {
        assertThat(sluice("resume", "ks", "web")).isEqualTo(1);
        assertThat(run.takeErr())
                .contains("✗ Kustomization reconciliation failed: 'kustomize build failed:");
    }

    @Test
    void listsEventsAboutAnObjectAndItsSource() throws IOException {
        event("1", "Kustomization", "apps", "2026-01-31T09:30:00Z", "Applied");
        event("2", "GitRepository", "fleet", "2026-01-31T09:29:00Z", "stored artifact");
        event("3", "Kustomization", "web", "2026-01-31T09:31:00Z", "other");
        event("4", "Pod", "web", "2026-01-31T09:31:00Z", "started");

        assertThat(sluice("events", "--for", "Kustomization/apps", "--no-header")).isZero();

        assertThat(
                        run.takeOut()
                                .lines()
                                .map(line ->
                                        line.replaceAll("\\s+", " ").replaceFirst("^\\d+d ", "")))
                .containsExactly(
                        "Normal Done GitRepository/fleet stored artifact",
                        "Normal Done Kustomization/apps Applied");
    }

    @ParameterizedTest
    @CsvSource({
        "5, 5s",
        "119, 119s",
        "120, 2m",
        "125, 2m5s",
        "600, 10m",
        "10800, 3h",
        "11100, 3h5m",
        "40000, 11h",
        "172800, 2d",
        "-3, 0s"
    })
    void printsAgesAsKubectlDoes(long seconds, String printed) {
        assertThat(Age.of(Duration.ofSeconds(seconds))).isEqualTo(printed);
    }

    private int sluice(String... args) throws IOException {
        var all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--kubeconfig", server.kubeconfig(folder).toString()));
        return run.sluice(all.toArray(String[]::new));
    }

    private void event(String name, String kind, String object, String time, String message)
            throws IOException {
        server.put(
                "/api/v1/namespaces/flux-system/events/" + name,
                """
                {"metadata": {"name": "%s", "namespace": "flux-system"}, "type": "Normal", "reason": "Done", "lastTimestamp": "%s",
                 "eventTime": null, "involvedObject": {"kind": "%s", "name": "%s"}, "message": "%s"}
                """
                        .formatted(name, time, kind, object, message));
    }

    private static String object(
            String name, String spec, String status, String ready, String message) {
        return """
        {"metadata": {"name": "%s", "namespace": "flux-system", "generation": 1}, "spec": {%s},
         "status": {%s "conditions": [{"type": "Ready", "status": "%s", "message": "%s", "observedGeneration": 1}]}}
        """
                .formatted(name, spec, status, ready, message);
    }

    /** Handles what is asked for by annotation, as a controller does. */
    private static ObjectNode reconciled(ObjectNode object) {
        String asked =
                object.at("/metadata/annotations").path("reconcile.fluxcd.io/requestedAt").asText();
        ((ObjectNode) object.get("status")).put("lastHandledReconcileAt", asked);
        return object;
    }
}
