package dev.sluice.applier;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.events.DeliveryId;
import dev.sluice.fluxapi.FluxJson;
import dev.sluice.fluxapi.MalformedObjectException;
import dev.sluice.fluxapi.kustomize.Kustomization;
import dev.sluice.kubernetes.watch.Sink;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes what a watch sees of the Kustomizations into their table. */
final class KustomizationWatch implements Sink {

    private static final Logger LOG = LoggerFactory.getLogger(KustomizationWatch.class);

    private final String cluster;
    private final Kustomizations objects;
    private final Set<DeliveryId> listed = new HashSet<>();

    KustomizationWatch(String cluster, Kustomizations objects) {
        this.cluster = cluster;
        this.objects = objects;
    }

    @Override
    public void begin() {
        listed.clear();
    }

    /** One that cannot be read is left alone; the API server lets none in. */
    @Override
    public void present(ObjectNode object) {
        DeliveryId id = id(object);
        listed.add(id);
        // Items of a listing do not name their kind.
        object.put("apiVersion", Statuses.API_VERSION).put("kind", Statuses.KIND);
        try {
            objects.put(id, FluxJson.read(object, Kustomization.class));
        } catch (MalformedObjectException e) {
            LOG.atWarn()
                    .addKeyValue("target", id)
                    .addKeyValue("reason", e.getMessage())
                    .log("a Kustomization cannot be read and is left alone");
        }
    }

    /** Whatever was known and is not listed is gone. */
    @Override
    public void complete() {
        for (DeliveryId id : objects.ids()) {
            Kustomization known = objects.get(id);
            if (known != null && !listed.contains(id)) {
                objects.remove(id, known.metadata().uid());
            }
        }
    }

    @Override
    public void gone(ObjectNode object) {
        objects.remove(id(object), object.path("metadata").path("uid").asText());
    }

    private DeliveryId id(ObjectNode object) {
        return new DeliveryId(
                cluster,
                Statuses.KIND,
                object.path("metadata").path("namespace").asText(),
                object.path("metadata").path("name").asText());
    }
}
