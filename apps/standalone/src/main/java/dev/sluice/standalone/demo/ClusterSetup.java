package dev.sluice.standalone.demo;

import dev.sluice.fluxapi.crd.CustomResourceDefinitions;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What has to be in the cluster before the first push: the definitions, the namespace, and the key
 * that opens the sample's secrets.
 */
public final class ClusterSetup {

    static final String NAMESPACE = "flux-system";
    private static final String DEFINITIONS = "apiextensions.k8s.io/v1";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final KubernetesClient client;

    public ClusterSetup(KubernetesClient client) {
        this.client = client;
    }

    /** Installs the definitions of Flux's kinds and waits until the cluster serves them. */
    public void definitions() {
        List<GenericKubernetesResource> definitions =
                CustomResourceDefinitions.all().stream()
                        .map(tree ->
                                client.getKubernetesSerialization()
                                        .convertValue(tree, GenericKubernetesResource.class))
                        .toList();
        definitions.forEach(this::apply);
        definitions.forEach(this::awaitEstablished);
    }

    void prepare(SampleFleet fleet) throws IOException {
        definitions();
        apply(new NamespaceBuilder().withNewMetadata().withName(NAMESPACE).endMetadata().build());
        apply(
                new SecretBuilder()
                        .withNewMetadata()
                        .withName("sops-age")
                        .withNamespace(NAMESPACE)
                        .endMetadata()
                        .addToStringData("age.agekey", fleet.demoKey())
                        .build());
    }

    /** Applies all documents of a file. */
    void applyAll(String yaml) {
        client.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                .items()
                .forEach(this::apply);
    }

    /** Applies an object as this command. */
    public void apply(HasMetadata object) {
        client.resource(object).fieldManager("sluice-demo").forceConflicts().serverSideApply();
    }

    private void awaitEstablished(GenericKubernetesResource definition) {
        client.genericKubernetesResources(DEFINITIONS, "CustomResourceDefinition")
                .withName(definition.getMetadata().getName())
                .waitUntilCondition(
                        ClusterSetup::established, PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private static boolean established(GenericKubernetesResource definition) {
        List<java.util.Map<String, Object>> conditions =
                definition == null ? null : definition.get("status", "conditions");
        return conditions != null
                && conditions.stream()
                        .anyMatch(c ->
                                "Established".equals(c.get("type"))
                                        && "True".equals(c.get("status")));
    }
}
