package dev.sluice.cli.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@code deploy/} is, as our own engine builds it. */
class ManifestsTest {

    @ParameterizedTest
    @EnumSource(Variant.class)
    void everyVariantIsBuilt(Variant variant) {
        List<ObjectNode> objects = Manifests.components(variant);

        assertThat(objects)
                .extracting(o -> o.path("kind").asText())
                .contains("CustomResourceDefinition", "Namespace");
        assertThat(objects)
                .extracting(o -> o.path("kind") + "/" + o.at("/metadata/name"))
                .doesNotHaveDuplicates();
    }

    @Test
    void eachServiceRunsAsItsOwnAccountWithoutRightsOnItsNode() {
        List<ObjectNode> deployments =
                Manifests.components(Variant.distributed).stream()
                        .filter(o -> o.path("kind").asText().equals("Deployment"))
                        .toList();

        assertThat(deployments).hasSize(7);
        for (ObjectNode deployment : deployments) {
            JsonNode pod = deployment.at("/spec/template/spec");
            JsonNode container = pod.at("/containers/0");
            assertThat(pod.path("serviceAccountName")).isEqualTo(deployment.at("/metadata/name"));
            assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
            assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean())
                    .isTrue();
            assertThat(container.at("/securityContext/capabilities/drop/0").asText())
                    .isEqualTo("ALL");
            assertThat(container.has("readinessProbe")).isTrue();
            assertThat(container.has("livenessProbe")).isTrue();
            assertThat(container.at("/resources/requests/memory").isMissingNode()).isFalse();
            assertThat(container.at("/resources/limits/memory").isMissingNode()).isFalse();
            assertThat(deployment.at("/spec/template/metadata/labels/app.kubernetes.io~1part-of"))
                    .isEqualTo(deployment.at("/metadata/labels/app.kubernetes.io~1part-of"));
        }
    }

    @Test
    void withStrimziEachServiceHasACertificateOfItsOwn() {
        List<ObjectNode> objects = Manifests.components(Variant.strimzi);

        for (ObjectNode deployment :
                objects.stream()
                        .filter(o -> o.path("kind").asText().equals("Deployment"))
                        .toList()) {
            String name = deployment.at("/metadata/name").asText();
            assertThat(deployment.toString()).contains("\"secretName\":\"" + name + "\"");
            assertThat(objects)
                    .anyMatch(o ->
                            o.path("kind").asText().equals("KafkaUser")
                                    && o.at("/metadata/name").asText().equals(name));
        }
    }

    @Test
    void theSyncPointIsAsFluxWritesIt() {
        List<ObjectNode> objects =
                Manifests.sync(
                        new SyncPoint(
                                "https://example.com/fleet.git",
                                "main",
                                "./clusters/one/",
                                "flux-system",
                                "flux-system",
                                false));

        assertThat(objects.getFirst().at("/spec/ref/branch").asText()).isEqualTo("main");
        assertThat(objects.getFirst().at("/spec/secretRef/name").asText()).isEqualTo("flux-system");
        assertThat(objects.getLast().at("/spec/path").asText()).isEqualTo("./clusters/one");
        assertThat(objects.getLast().at("/spec/prune").asBoolean()).isTrue();
    }
}
