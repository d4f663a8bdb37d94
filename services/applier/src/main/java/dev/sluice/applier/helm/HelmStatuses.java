package dev.sluice.applier.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.events.DeliveryId;
import dev.sluice.fluxapi.FluxJson;
import dev.sluice.fluxapi.Labels;
import dev.sluice.fluxapi.helm.HelmRelease;
import dev.sluice.fluxapi.helm.HelmReleaseStatus;
import dev.sluice.kubernetes.ApiRequest;
import dev.sluice.kubernetes.Cluster;
import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.kubernetes.KubernetesFailure.Sort;
import dev.sluice.kubernetes.ResourceKind;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes the status and the finalizer of HelmReleases; what the server answers is taken at once.
 */
public final class HelmStatuses {

    private static final String MANAGER = "?fieldManager=gotk-helm-controller";
    private static final String OBJECT_MANAGER = "?fieldManager=helm-controller";
    private static final int ATTEMPTS = 4;

    private final Cluster cluster;
    private final HelmReleases objects;

    public HelmStatuses(Cluster cluster, HelmReleases objects) {
        this.cluster = cluster;
        this.objects = objects;
    }

    /**
     * Brings the status to that, of this very object; says whether there was something to write.
     */
    boolean write(DeliveryId id, HelmRelease of, HelmReleaseStatus after)
            throws KubernetesException {
        HelmRelease known = objects.get(id);
        if (known == null || !known.metadata().uid().equals(of.metadata().uid())) {
            return false;
        }
        ObjectNode old =
                known.status() == null
                        ? JsonNodeFactory.instance.objectNode()
                        : FluxJson.write(known.status());
        ObjectNode changes = between(old, FluxJson.write(after));
        if (changes.isEmpty()) {
            return false;
        }
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        patch.putObject("metadata").put("uid", of.metadata().uid());
        patch.set("status", changes);
        return send(id, "/status" + MANAGER, patch);
    }

    private static ObjectNode between(ObjectNode old, ObjectNode fresh) {
        ObjectNode changes = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> field : fresh.properties()) {
            if (!field.getValue().equals(old.get(field.getKey()))) {
                changes.set(field.getKey(), field.getValue());
            }
        }
        for (Iterator<String> names = old.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!fresh.has(name)) {
                changes.putNull(name);
            }
        }
        return changes;
    }

    /** Puts our finalizer on the object, or takes it off. */
    void finalizer(DeliveryId id, boolean wanted) throws KubernetesException {
        for (int attempt = 1; ; attempt++) {
            HelmRelease object = objects.get(id);
            if (object == null
                    || object.metadata().finalizers().contains(Labels.FINALIZER) == wanted) {
                return;
            }
            List<String> names = new ArrayList<>(object.metadata().finalizers());
            if (wanted) {
                names.add(Labels.FINALIZER);
            } else {
                names.remove(Labels.FINALIZER);
            }
            ObjectNode patch = JsonNodeFactory.instance.objectNode();
            ObjectNode metadata = patch.putObject("metadata");
            metadata.put("uid", object.metadata().uid());
            metadata.put("resourceVersion", object.metadata().resourceVersion());
            ArrayNode list = metadata.putArray("finalizers");
            names.forEach(list::add);
            try {
                send(id, OBJECT_MANAGER, patch);
                return;
            } catch (KubernetesException e) {
                if (!e.is(Sort.CONFLICT) || attempt == ATTEMPTS) {
                    throw e;
                }
                refresh(id);
            }
        }
    }

    /** Whether the server still has the object; what it has is taken. */
    boolean exists(DeliveryId id) throws KubernetesException {
        refresh(id);
        return objects.get(id) != null;
    }

    private void refresh(DeliveryId id) throws KubernetesException {
        Optional<ObjectNode> now = cluster.get(kind(), id.namespace(), id.name());
        now.ifPresent(object -> objects.take(id, object));
    }

    private boolean send(DeliveryId id, String suffix, ObjectNode patch)
            throws KubernetesException {
        String path = kind().path(id.namespace(), id.name()) + suffix;
        try {
            ObjectNode answer =
                    cluster.send(ApiRequest.patch(path, ApiRequest.MERGE_PATCH, patch.toString()))
                            .object();
            objects.take(id, answer);
            return true;
        } catch (KubernetesException e) {
            if (e.is(Sort.NOT_FOUND)) {
                return false;
            }
            throw e;
        }
    }

    private ResourceKind kind() throws KubernetesException {
        return cluster.resource(HelmReleases.API_VERSION, HelmReleases.KIND);
    }
}
