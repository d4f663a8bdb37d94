package dev.sluice.renderer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.events.DeliveryId;
import dev.sluice.events.SourceId;
import dev.sluice.fluxapi.Annotations;
import dev.sluice.fluxapi.Groups;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps {@link Deliveries} as the cluster's Kustomizations are. Runs on the client's threads, which
 * it never blocks.
 */
final class KustomizationWatch implements AutoCloseable {

    static final String KIND = "Kustomization";

    private static final Logger LOG = LoggerFactory.getLogger(KustomizationWatch.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ResourceDefinitionContext RESOURCE =
            new ResourceDefinitionContext.Builder()
                    .withGroup(Groups.KUSTOMIZE)
                    .withVersion("v1")
                    .withKind(KIND)
                    .withPlural("kustomizations")
                    .withNamespaced(true)
                    .build();

    private final KubernetesClient client;
    private final String cluster;
    private final Deliveries deliveries;
    private @Nullable SharedIndexInformer<GenericKubernetesResource> informer;

    KustomizationWatch(KubernetesClient client, String cluster, Deliveries deliveries) {
        this.client = client;
        this.cluster = cluster;
        this.deliveries = deliveries;
    }

    /**
     * Starts, and returns when all Kustomizations there are have been seen.
     *
     * @param changed told each delivery of which something changed that concerns rendering
     */
    void start(Consumer<DeliveryId> changed) {
        SharedIndexInformer<GenericKubernetesResource> started =
                client.genericKubernetesResources(RESOURCE)
                        .inAnyNamespace()
                        .runnableInformer(0)
                        .exceptionHandler((_, failure) -> retry(failure))
                        .addEventHandler(new Handler(changed));
        informer = started;
        started.start().toCompletableFuture().join();
    }

    @Override
    public void close() {
        SharedIndexInformer<GenericKubernetesResource> running = informer;
        if (running != null) {
            running.close();
        }
    }

    private static boolean retry(Throwable failure) {
        LOG.atWarn()
                .addKeyValue("reason", failure.getMessage())
                .log("Kustomizations cannot be watched now and are tried again");
        return true;
    }

    private final class Handler implements ResourceEventHandler<GenericKubernetesResource> {

        private final Consumer<DeliveryId> changed;

        Handler(Consumer<DeliveryId> changed) {
            this.changed = changed;
        }

        @Override
        public void onAdd(GenericKubernetesResource object) {
            take(object);
        }

        @Override
        public void onUpdate(GenericKubernetesResource old, GenericKubernetesResource object) {
            take(object);
        }

        @Override
        public void onDelete(GenericKubernetesResource object, boolean stateUnknown) {
            DeliveryId id = id(object.getMetadata());
            deliveries.remove(id);
            changed.accept(id);
        }

        private void take(GenericKubernetesResource object) {
            Optional<WantedDelivery> wanted = wanted(object);
            if (wanted.isPresent() && deliveries.put(wanted.get())) {
                changed.accept(wanted.get().id());
            }
        }
    }

    private DeliveryId id(ObjectMeta metadata) {
        return new DeliveryId(cluster, KIND, metadata.getNamespace(), metadata.getName());
    }

    /** Empty where the object names no source, which no API server with the definitions takes. */
    private Optional<WantedDelivery> wanted(GenericKubernetesResource object) {
        ObjectMeta metadata = object.getMetadata();
        JsonNode spec =
                JSON.valueToTree(object.getAdditionalProperties().getOrDefault("spec", Map.of()));
        JsonNode reference = spec.path("sourceRef");
        String kind = reference.path("kind").asText();
        String name = reference.path("name").asText();
        if (kind.isEmpty() || name.isEmpty()) {
            LOG.atWarn()
                    .addKeyValue("target", id(metadata))
                    .log("a Kustomization without spec.sourceRef is left alone");
            return Optional.empty();
        }
        String namespace = reference.path("namespace").asText(metadata.getNamespace());
        Map<String, String> annotations =
                metadata.getAnnotations() == null ? Map.of() : metadata.getAnnotations();
        return Optional.of(
                new WantedDelivery(
                        id(metadata),
                        metadata.getUid(),
                        metadata.getGeneration() == null ? 0 : metadata.getGeneration(),
                        spec,
                        new SourceId(cluster, kind, namespace, name),
                        annotations.get(Annotations.REQUESTED_AT),
                        spec.path("suspend").asBoolean()
                                || metadata.getDeletionTimestamp() != null));
    }
}
