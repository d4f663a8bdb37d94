package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands about what a delivery is, makes and would change. */
class DeliveryCommandsTest {

    private static final String KUSTOMIZATIONS =
            "/apis/kustomize.toolkit.fluxcd.io/v1/namespaces/flux-system/kustomizations/";
    private static final String WEB = "/api/v1/namespaces/web/";
    private static final String LABELS =
            "\"labels\": {\"kustomize.toolkit.fluxcd.io/name\": \"app\", \"kustomize.toolkit.fluxcd.io/namespace\": \"flux-system\"}";

    @TempDir private Path folder;
    private final Run run = new Run();
    private FakeApiServer server;

    @BeforeEach
    void startWithADelivery() throws IOException {
        server = new FakeApiServer();
        server.put(
                "/api/v1",
                """
                {"resources": [{"name": "configmaps", "kind": "ConfigMap", "namespaced": true, "shortNames": ["cm"]},
                 {"name": "secrets", "kind": "Secret", "namespaced": true}, {"name": "pods", "kind": "Pod", "namespaced": true, "shortNames": ["po"]}]}
                """);
        server.put(
                "/apis", "{\"groups\": [{\"preferredVersion\": {\"groupVersion\": \"apps/v1\"}}]}");
        server.put(
                "/apis/apps/v1",
                "{\"resources\": [{\"name\": \"replicasets\", \"kind\": \"ReplicaSet\", \"namespaced\": true}]}");
        server.put(
                KUSTOMIZATIONS + "app",
                """
                {"metadata": {"name": "app", "namespace": "flux-system", "generation": 1, "uid": "1", "creationTimestamp": "2026-01-01T00:00:00Z",
                  "annotations": {"reconcile.fluxcd.io/requestedAt": "x", "team": "blue"}, "managedFields": []},
                 "spec": {"path": "./app", "prune": true, "interval": "10m", "targetNamespace": "web", "sourceRef": {"kind": "GitRepository", "name": "fleet"},
                  "postBuild": {"substitute": {"level": "high"}, "substituteFrom": [{"kind": "ConfigMap", "name": "vars"}]}},
                 "status": {"lastAppliedRevision": "main@sha1:abc", "conditions": [{"type": "Ready", "status": "True", "lastTransitionTime": "2026-01-31T09:30:00Z", "message": "Applied"}],
                  "inventory": {"entries": [{"id": "web_old__ConfigMap", "v": "v1"}, {"id": "web_settings__ConfigMap", "v": "v1"}]}}}
                """);
        server.put(
                "/apis/source.toolkit.fluxcd.io/v1/namespaces/flux-system/gitrepositories/fleet",
                """
                {"metadata": {"name": "fleet", "namespace": "flux-system"}, "spec": {"url": "https://git.example/fleet", "ref": {"branch": "main"}, "secretRef": {"name": "token"}},
                 "status": {"artifact": {"revision": "main@sha1:abc"}, "conditions": [{"type": "Ready", "status": "False", "lastTransitionTime": "2026-01-31T09:30:00Z", "message": "away"}]}}
                """);
        server.put(
                "/api/v1/namespaces/flux-system/configmaps/vars",
                "{\"metadata\": {\"name\": \"vars\"}, \"data\": {\"colour\": \"green\"}}");
        server.put(
                "/api/v1/namespaces/flux-system/secrets/token",
                "{\"metadata\": {\"name\": \"token\", \"namespace\": \"flux-system\"}, \"data\": {\"password\": \"aHVudGVyMg==\"}}");
        Files.writeString(
                folder.resolve("all.yaml"),
                """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: settings}
                data: {level: "${level}", colour: "${colour}"}
                ---
                apiVersion: v1
                kind: Secret
                metadata: {name: pass}
                data: {p: bmV3ZXI=, q: c2FtZQ==}
                """);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private int sluice(String... args) throws IOException {
        var all = new ArrayList<>(List.of(args));
        Path home = Files.createDirectories(folder.resolve("home"));
        all.addAll(List.of("--kubeconfig", server.kubeconfig(home).toString()));
        return run.sluice(all.toArray(String[]::new));
    }

    private void liveSettings(String data) throws IOException {
        server.put(
                WEB + "configmaps/settings",
                "{\"apiVersion\": \"v1\", \"kind\": \"ConfigMap\", \"metadata\": {\"name\": \"settings\", \"namespace\": \"web\", "
                        + LABELS
                        + "}, \"data\": "
                        + data
                        + "}");
    }

    private void liveSecret(String data) throws IOException {
        server.put(
                WEB + "secrets/pass",
                "{\"apiVersion\": \"v1\", \"kind\": \"Secret\", \"metadata\": {\"name\": \"pass\", \"namespace\": \"web\", "
                        + LABELS
                        + "}, \"data\": "
                        + data
                        + "}");
    }

    @Test
    void buildsWhatAKustomizationWouldApply() throws IOException {
        assertThat(sluice("build", "kustomization", "app", "--path", folder.toString())).isZero();

        assertThat(run.takeOut())
                .contains("namespace: web")
                .contains("level: high")
                .contains("colour: green")
                .contains("kustomize.toolkit.fluxcd.io/name: app");
    }

    @Test
    void noDifferenceIsExitCodeZero() throws IOException {
        liveSettings("{\"level\": \"high\", \"colour\": \"green\"}");
        liveSecret("{\"p\": \"bmV3ZXI=\", \"q\": \"c2FtZQ==\"}");
        server.get(KUSTOMIZATIONS + "app").withObject("/status").remove("inventory");

        assertThat(sluice("diff", "ks", "app", "--path", folder.toString())).isZero();
        assertThat(run.takeOut()).isEmpty();
    }

    @Test
    void tellsWhatWouldChangeAndNoValueOfASecret() throws IOException {
        liveSettings("{\"level\": \"low\", \"colour\": \"green\"}");
        liveSecret("{\"p\": \"b2xkZXI=\", \"q\": \"c2FtZQ==\"}");

        assertThat(sluice("diff", "ks", "app", "--path", folder.toString())).isEqualTo(1);

        assertThat(run.takeOut().lines())
                .containsExactly(
                        "► ConfigMap/web/settings drifted",
                        "",
                        "data.level",
                        "± value change",
                        "- low",
                        "+ high",
                        "",
                        "► Secret/web/pass drifted",
                        "",
                        "data.p",
                        "± value change",
                        "- *** (before)",
                        "+ *** (after)",
                        "",
                        "► ConfigMap/web/old deleted");
        assertThat(server.get(WEB + "configmaps/settings").at("/data/level").asText())
                .isEqualTo("low");
    }

    @Test
    void tellsOfNewObjects() throws IOException {
        assertThat(sluice("diff", "ks", "app", "--path", folder.toString())).isEqualTo(1);
        assertThat(run.takeOut())
                .contains("► ConfigMap/web/settings created", "► Secret/web/pass created");
    }

    @Test
    void whatCannotBeToldIsExitCodeTwo() throws IOException {
        assertThat(sluice("diff", "ks", "none", "--path", folder.toString())).isEqualTo(2);
        assertThat(sluice("diff", "ks", "app", "--path", folder + "/none")).isEqualTo(2);
        Files.writeString(
                folder.resolve("other.yaml"),
                "apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: x}\n");
        assertThat(sluice("diff", "ks", "app", "--path", folder.toString())).isEqualTo(2);
        assertThat(run.takeErr()).contains("The cluster serves no kind Thing in example.com/v1.");
    }

    @Test
    void encryptedValuesAreNeitherShownNorSent() throws IOException {
        Files.writeString(
                folder.resolve("all.yaml"),
                """
                apiVersion: v1
                kind: Secret
                metadata: {name: pass}
                data: {p: "ENC[AES256_GCM,data:x,iv:x,tag:x,type:str]"}
                sops: {mac: "ENC[AES256_GCM,data:x,iv:x,tag:x,type:str]", version: 3.9.0}
                """);
        liveSecret("{\"p\": \"b2xkZXI=\"}");
        server.get(KUSTOMIZATIONS + "app").withObject("/status").remove("inventory");

        assertThat(sluice("diff", "ks", "app", "--path", folder.toString())).isZero();
        assertThat(sluice("build", "ks", "app", "--path", folder.toString())).isZero();

        assertThat(run.takeOut()).contains("p: KipTT1BTKio=").doesNotContain("ENC[", "sops:");
    }

    @Test
    void exportsWhatOneWouldWrite() throws IOException {
        assertThat(sluice("export", "ks", "app")).isZero();

        assertThat(run.takeOut())
                .startsWith(
                        """
                        ---
                        apiVersion: kustomize.toolkit.fluxcd.io/v1
                        kind: Kustomization
                        metadata:
                          annotations:
                            team: blue
                          name: app
                          namespace: flux-system
                        spec:
                        """)
                .doesNotContain("status:", "requestedAt", "uid");
    }

    @Test
    void exportsCredentialsOnlyWhenAsked() throws IOException {
        assertThat(sluice("export", "source", "git", "--all")).isZero();
        assertThat(run.takeOut()).doesNotContain("kind: Secret");

        assertThat(sluice("export", "source", "git", "fleet", "--with-credentials")).isZero();
        assertThat(run.takeOut()).contains("kind: Secret", "password: aHVudGVyMg==");
    }

    @Test
    void tracesAnObjectToItsSource() throws IOException {
        liveSettings("{}");

        assertThat(sluice("trace", "cm", "settings", "-n", "web")).isZero();

        assertThat(run.takeOut().lines())
                .containsExactly(
                        "Object:          ConfigMap/settings",
                        "Namespace:       web",
                        "Status:          Managed by Flux",
                        "---",
                        "Kustomization:   app",
                        "Namespace:       flux-system",
                        "Target:          web",
                        "Path:            ./app",
                        "Revision:        main@sha1:abc",
                        "Status:          Last reconciled at 2026-01-31 09:30:00 +0000 UTC",
                        "Message:         Applied",
                        "---",
                        "GitRepository:   fleet",
                        "Namespace:       flux-system",
                        "URL:             https://git.example/fleet",
                        "Branch:          main",
                        "Revision:        main@sha1:abc",
                        "Status:          Last reconciliation failed at 2026-01-31 09:30:00 +0000 UTC",
                        "Message:         away");
    }

    @Test
    void tracesByTheOwners() throws IOException {
        server.put(
                WEB + "pods/front-1",
                "{\"metadata\": {\"name\": \"front-1\", \"namespace\": \"web\", \"ownerReferences\": [{\"apiVersion\": \"apps/v1\", \"kind\": \"ReplicaSet\", \"name\": \"front\"}]}}");
        server.put(
                "/apis/apps/v1/namespaces/web/replicasets/front",
                "{\"metadata\": {\"name\": \"front\", \"namespace\": \"web\", " + LABELS + "}}");

        assertThat(sluice("trace", "pod/front-1", "-n", "web")).isZero();
        assertThat(run.takeOut()).contains("Kustomization:   app");
    }

    @Test
    void tellsWhereAnObjectIsNotManaged() throws IOException {
        server.put(
                WEB + "pods/alone",
                "{\"metadata\": {\"name\": \"alone\", \"namespace\": \"web\"}}");

        assertThat(sluice("trace", "po", "alone", "-n", "web")).isEqualTo(1);
        assertThat(sluice("trace", "po", "none", "-n", "web")).isEqualTo(1);
        assertThat(sluice("trace", "things", "x")).isEqualTo(1);
        assertThat(run.takeErr())
                .contains("not managed", "Pod 'none' not found", "serves no kind 'things'");
    }

    @Test
    void showsAgeAndOriginWhereItIsWide() throws IOException {
        assertThat(sluice("get", "ks", "-o", "wide")).isZero();
        assertThat(run.takeOut()).contains("AGE", "SOURCE", "GitRepository/fleet ./app");
    }

    @Test
    void whatIsNamedAndNotThereIsAFailure() throws IOException {
        assertThat(sluice("get", "ks", "none")).isEqualTo(1);
        assertThat(run.takeErr())
                .contains("✗ Kustomization object 'none' not found in \"flux-system\" namespace");
    }
}
