package dev.sluice.renderer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.events.DeliveryId;
import dev.sluice.events.SourceId;
import dev.sluice.fluxapi.Annotations;
import dev.sluice.fluxapi.Groups;
import dev.sluice.kubernetes.Cluster;
import dev.sluice.kubernetes.ObjectMeta;
import dev.sluice.kubernetes.ResourceKind;
import dev.sluice.kubernetes.watch.ObjectWatch;
import dev.sluice.kubernetes.watch.Selection;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps {@link Deliveries} as the cluster's Kustomizations are. */
final class KustomizationWatch implements AutoCloseable {

    static final String KIND = "Kustomization";

    private static final Logger LOG = LoggerFactory.getLogger(KustomizationWatch.class);
    private static final ResourceKind KUSTOMIZATIONS =
            new ResourceKind(Groups.KUSTOMIZE, "v1", KIND, "kustomizations", true);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Cluster cluster;
    private final String clusterName;
    private final Deliveries deliveries;
    private @Nullable ObjectWatch running;

    KustomizationWatch(Cluster cluster, String clusterName, Deliveries deliveries) {
        this.cluster = cluster;
        this.clusterName = clusterName;
        this.deliveries = deliveries;
    }

    /**
     * Starts, and returns when all Kustomizations there are have been seen.
     *
     * @param changed told each delivery of which something changed that concerns rendering
     * @throws IllegalStateException where the cluster does not answer for long: without its answer
     *     nothing can be said to be gone
     */
    void start(Consumer<DeliveryId> changed) {
        ObjectWatch watch =
                ObjectWatch.start(
                        cluster,
                        Selection.all(KUSTOMIZATIONS),
                        new DeliverySink(deliveries, clusterName, KIND, this::wanted, changed));
        running = watch;
        try {
            if (!watch.awaitListed(PATIENCE)) {
                throw new IllegalStateException("the cluster does not list its Kustomizations");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        ObjectWatch watch = running;
        if (watch != null) {
            watch.close();
        }
    }

    private DeliveryId id(ObjectMeta metadata) {
        return new DeliveryId(clusterName, KIND, metadata.namespace(), metadata.name());
    }

    /** Empty where the object names no source, which no API server with the definitions takes. */
    private Optional<WantedDelivery> wanted(ObjectNode object) {
        ObjectMeta metadata = ObjectMeta.of(object.path("metadata"));
        JsonNode spec = object.path("spec");
        JsonNode reference = spec.path("sourceRef");
        String kind = reference.path("kind").asText();
        String name = reference.path("name").asText();
        if (kind.isEmpty() || name.isEmpty()) {
            LOG.atWarn()
                    .addKeyValue("target", id(metadata))
                    .log("a Kustomization without spec.sourceRef is left alone");
            return Optional.empty();
        }
        String namespace = reference.path("namespace").asText(metadata.namespace());
        return Optional.of(
                new WantedDelivery(
                        id(metadata),
                        metadata.uid(),
                        metadata.generation(),
                        spec,
                        new SourceId(clusterName, kind, namespace, name),
                        metadata.annotations().get(Annotations.REQUESTED_AT),
                        spec.path("suspend").asBoolean() || metadata.deleting()));
    }
}
