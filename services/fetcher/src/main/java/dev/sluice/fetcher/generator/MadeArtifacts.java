package dev.sluice.fetcher.generator;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.fluxapi.Artifact;
import dev.sluice.fluxapi.CommonMetadata;
import dev.sluice.fluxapi.Condition;
import dev.sluice.fluxapi.ConditionTypes;
import dev.sluice.fluxapi.FluxJson;
import dev.sluice.fluxapi.Groups;
import dev.sluice.fluxapi.Reasons;
import dev.sluice.fluxapi.Timestamp;
import dev.sluice.fluxapi.source.ArtifactGenerator;
import dev.sluice.fluxapi.source.ExternalArtifact;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.time.Clock;
import java.util.List;

/** The ExternalArtifacts that generators make, in the cluster. */
final class MadeArtifacts {

    static final String MANAGER = "source-watcher";

    private static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    private static final String GENERATOR = Groups.SOURCE_EXTENSIONS + "/generator";
    private static final String API_VERSION = Groups.SOURCE + "/v1";
    private static final ResourceDefinitionContext KIND =
            new ResourceDefinitionContext.Builder()
                    .withGroup(Groups.SOURCE)
                    .withVersion("v1")
                    .withKind("ExternalArtifact")
                    .withPlural("externalartifacts")
                    .withNamespaced(true)
                    .build();

    private final KubernetesClient client;
    private final ObjectMapper json = new ObjectMapper();
    private final Clock clock;

    MadeArtifacts(KubernetesClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    /** Writes one, with its artifact. */
    void write(ArtifactGenerator generator, String name, Artifact artifact) {
        String namespace = generator.metadata().namespace();
        ObjectNode object = named(namespace, name);
        ObjectNode metadata = (ObjectNode) object.get("metadata");
        ObjectNode labels = metadata.putObject("labels");
        CommonMetadata common = generator.spec().commonMetadata();
        if (common != null) {
            common.labels().forEach(labels::put);
            ObjectNode annotations = metadata.putObject("annotations");
            common.annotations().forEach(annotations::put);
        }
        labels.put(MANAGED_BY, MANAGER);
        labels.put(GENERATOR, generator.metadata().uid());
        object.putObject("spec")
                .putObject("sourceRef")
                .put("apiVersion", generator.apiVersion())
                .put("kind", generator.kind())
                .put("name", generator.metadata().name())
                .put("namespace", namespace);
        resource(object).patch(apply());
        ObjectNode status = named(namespace, name);
        status.set("status", FluxJson.write(status(generator, artifact)));
        resource(status).subresource("status").patch(apply());
    }

    private ExternalArtifact.Status status(ArtifactGenerator generator, Artifact artifact) {
        Condition ready =
                new Condition(
                        ConditionTypes.READY,
                        Condition.Status.True,
                        Reasons.SUCCEEDED,
                        "Artifact is ready",
                        new Timestamp(clock.instant()),
                        generator.metadata().generation());
        return new ExternalArtifact.Status(List.of(ready), artifact);
    }

    /** Deletes one, if it is there. */
    void delete(String namespace, String name) {
        client.genericKubernetesResources(KIND).inNamespace(namespace).withName(name).delete();
    }

    private static ObjectNode named(String namespace, String name) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("apiVersion", API_VERSION).put("kind", "ExternalArtifact");
        object.putObject("metadata").put("name", name).put("namespace", namespace);
        return object;
    }

    private Resource<GenericKubernetesResource> resource(ObjectNode object) {
        return client.genericKubernetesResources(KIND)
                .resource(json.convertValue(object, GenericKubernetesResource.class));
    }

    private static PatchContext apply() {
        return new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager(MANAGER)
                .withForce(true)
                .build();
    }
}
