package dev.sluice.fluxapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.fluxapi.kustomize.Kustomization;
import dev.sluice.fluxapi.kustomize.KustomizationSpec;
import dev.sluice.fluxapi.kustomize.KustomizationStatus;
import dev.sluice.fluxapi.source.GitRepository;
import java.util.List;
import org.junit.jupiter.api.Test;

class FluxJsonTest {

    private static final String FULL_SPEC =
            """
            {"sourceRef": {"apiVersion": "source.toolkit.fluxcd.io/v1", "kind": "GitRepository", "name": "fleet", "namespace": "flux-system"},
             "path": "./apps", "interval": "10m0s", "retryInterval": "2m0s", "timeout": "5m0s", "prune": false,
             "deletionPolicy": "WaitForTermination", "suspend": true,
             "dependsOn": [{"name": "infra", "namespace": "infra", "readyExpr": "dep.status.observedGeneration > 0"}],
             "serviceAccountName": "deployer",
             "kubeConfig": {"secretRef": {"name": "plant", "key": "config"}},
             "decryption": {"provider": "sops", "secretRef": {"name": "sops-age"}},
             "postBuild": {"substitute": {"zone": "b", "area": "a"}, "substituteFrom": [{"kind": "Secret", "name": "vars", "optional": true}],
                           "substituteStrategy": "Always"},
             "targetNamespace": "apps", "namePrefix": "a-", "nameSuffix": "-z",
             "commonMetadata": {"labels": {"team": "a"}, "annotations": {"note": "b"}},
             "patches": [{"patch": "- op: remove", "target": {"kind": "Deployment", "labelSelector": "app=x"}}],
             "images": [{"name": "nginx", "newName": "mirror/nginx", "newTag": "1.27", "digest": "sha256:00"}],
             "components": ["../tls"], "ignoreMissingComponents": true, "buildMetadata": ["originAnnotations"],
             "ignore": [{"paths": ["/spec/replicas"], "target": {"kind": "Deployment"}}],
             "wait": true, "healthChecks": [{"kind": "Deployment", "name": "web"}],
             "healthCheckExprs": [{"apiVersion": "x.io/v1", "kind": "X", "current": "true", "failed": "false"}], "force": true}
            """;

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void writesASpecAsItWasRead() throws MalformedObjectException {
        JsonNode spec = json(FULL_SPEC);

        KustomizationSpec read = FluxJson.read(spec, KustomizationSpec.class);

        assertThat((JsonNode) FluxJson.write(read)).isEqualTo(spec);
        assertThat(read.postBuild().substitute().keySet()).containsExactly("zone", "area");
    }

    @Test
    void writesNoFieldThatTheObjectDidNotHaveExceptPrune() throws MalformedObjectException {
        JsonNode spec =
                json(
                        "{\"sourceRef\": {\"kind\": \"Bucket\", \"name\": \"b\"}, \"interval\": \"1h0m0s\", \"prune\": false}");

        assertThat((JsonNode) FluxJson.write(FluxJson.read(spec, KustomizationSpec.class)))
                .isEqualTo(spec);
    }

    @Test
    void fillsInWhatIsAbsent() throws MalformedObjectException {
        JsonNode object =
                json(
                        "{\"apiVersion\": \"source.toolkit.fluxcd.io/v1\", \"kind\": \"GitRepository\", \"metadata\": {\"name\": \"x\"},"
                                + " \"spec\": {\"url\": \"https://example.com/x\", \"interval\": \"1m\"}}");

        GitRepository repository = FluxJson.read(object, GitRepository.class);

        assertThat(repository.metadata().annotations()).isEmpty();
        assertThat(repository.metadata().isDeleted()).isFalse();
        assertThat(repository.spec().timeout()).hasToString("1m0s");
        assertThat(repository.spec().include()).isEmpty();
        assertThat(repository.status()).isNull();
    }

    @Test
    void leavesOutFieldsThatItDoesNotKnow() throws MalformedObjectException {
        JsonNode object =
                json(
                        "{\"apiVersion\": \"kustomize.toolkit.fluxcd.io/v1beta2\", \"kind\": \"Kustomization\","
                                + " \"metadata\": {\"name\": \"x\", \"managedFields\": [{\"manager\": \"kubectl\"}]},"
                                + " \"spec\": {\"sourceRef\": {\"kind\": \"GitRepository\", \"name\": \"x\", \"more\": 1}, \"interval\": \"1m\","
                                + " \"prune\": true, \"validation\": \"client\"}}");

        Kustomization read = FluxJson.read(object, Kustomization.class);

        assertThat(read.spec().prune()).isTrue();
        assertThat(FluxJson.write(read).at("/spec/validation").isMissingNode()).isTrue();
    }

    @Test
    void writesAStatusAsFluxDoes() {
        var status =
                new KustomizationStatus(
                        3L,
                        "now",
                        List.of(
                                new Condition(
                                        "Ready",
                                        Condition.Status.True,
                                        "ReconciliationSucceeded",
                                        "Applied revision: main@sha1:00",
                                        Timestamp.parse("2026-01-31T09:30:00Z"),
                                        3L)),
                        "main@sha1:00",
                        null,
                        "main@sha1:00",
                        new Inventory(List.of(new Inventory.Entry("_apps__Namespace", "v1"))),
                        List.of());

        assertThat((JsonNode) FluxJson.write(status))
                .isEqualTo(
                        json(
                                """
                                {"observedGeneration": 3, "lastHandledReconcileAt": "now",
                                 "conditions": [{"type": "Ready", "status": "True", "reason": "ReconciliationSucceeded",
                                   "message": "Applied revision: main@sha1:00", "lastTransitionTime": "2026-01-31T09:30:00Z", "observedGeneration": 3}],
                                 "lastAppliedRevision": "main@sha1:00", "lastAttemptedRevision": "main@sha1:00",
                                 "inventory": {"entries": [{"id": "_apps__Namespace", "v": "v1"}]}}
                                """));
    }

    @Test
    void tellsWhichKindAndFieldIsMalformed() {
        JsonNode spec =
                json(
                        "{\"sourceRef\": {\"kind\": \"Bucket\", \"name\": \"b\"}, \"interval\": \"often\", \"prune\": true}");

        assertThatThrownBy(() -> FluxJson.read(spec, KustomizationSpec.class))
                .isInstanceOf(MalformedObjectException.class)
                .hasMessageContaining("KustomizationSpec")
                .hasMessageContaining("often");
    }

    @Test
    void tellsWhichRequiredFieldIsMissing() {
        JsonNode spec =
                json(
                        "{\"sourceRef\": {\"kind\": \"Bucket\", \"name\": \"b\"}, \"interval\": \"1m\", \"prune\": true,"
                                + " \"dependsOn\": [{\"name\": \"a\"}, {\"namespace\": \"b\"}]}");

        assertThatThrownBy(() -> FluxJson.read(spec, KustomizationSpec.class))
                .isInstanceOf(MalformedObjectException.class)
                .hasMessage("KustomizationSpec: dependsOn[1].name is missing");
        assertThatThrownBy(() -> FluxJson.read(json("{}"), KustomizationSpec.class))
                .hasMessage("KustomizationSpec: sourceRef is missing");
    }
}
