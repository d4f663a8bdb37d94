package dev.sluice.applier;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.events.DeliveryId;
import dev.sluice.fluxapi.FinalizerPatch;
import dev.sluice.fluxapi.FluxJson;
import dev.sluice.fluxapi.Groups;
import dev.sluice.fluxapi.Labels;
import dev.sluice.fluxapi.MalformedObjectException;
import dev.sluice.fluxapi.StatusPatch;
import dev.sluice.fluxapi.kustomize.Kustomization;
import dev.sluice.fluxapi.kustomize.KustomizationStatus;
import dev.sluice.kubernetes.ApiRequest;
import dev.sluice.kubernetes.Cluster;
import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.kubernetes.KubernetesFailure.Sort;
import dev.sluice.kubernetes.ResourceKind;
import java.time.Clock;
import java.util.Optional;

/**
 * Writes to the Kustomizations themselves: their status and our finalizer. What the server answers
 * is put into the table at once, so that the next write starts from it.
 */
final class Statuses {

    static final String API_VERSION = Groups.KUSTOMIZE + "/v1";
    static final String KIND = "Kustomization";
    private static final String MANAGER = "?fieldManager=" + Labels.KUSTOMIZE_STATUS_MANAGER;
    private static final int ATTEMPTS = 4;

    private final Cluster cluster;
    private final Kustomizations objects;
    private final Clock clock;

    Statuses(Cluster cluster, Kustomizations objects, Clock clock) {
        this.cluster = cluster;
        this.objects = objects;
        this.clock = clock;
    }

    /**
     * Brings the status to what the outcome means.
     *
     * @return false where it said so already, or the object is gone
     */
    boolean tell(DeliveryId id, Attempt attempt, Outcome outcome) throws KubernetesException {
        Kustomization object = objects.get(id);
        if (object == null || !object.metadata().uid().equals(attempt.position().uid())) {
            return false;
        }
        KustomizationStatus after =
                StatusAfter.of(object.status(), attempt, outcome, clock.instant());
        Optional<ObjectNode> patch =
                StatusPatch.between(object.status(), after, object.metadata().uid());
        return patch.isPresent() && send(id, "/status", patch.get());
    }

    /** Puts our finalizer on the object, where it is not there yet. */
    void hold(DeliveryId id) throws KubernetesException {
        changeFinalizers(id, true);
    }

    /** Takes our finalizer off, upon which the object may go. */
    void release(DeliveryId id) throws KubernetesException {
        changeFinalizers(id, false);
    }

    /**
     * Whether the server still has the object, or cannot tell; what it has is put into the table.
     */
    boolean exists(DeliveryId id) throws KubernetesException {
        try {
            refresh(id);
        } catch (KubernetesException e) {
            if (e.is(Sort.NO_MATCH)) {
                return true;
            }
            throw e;
        }
        return objects.get(id) != null;
    }

    private void changeFinalizers(DeliveryId id, boolean wanted) throws KubernetesException {
        for (int attempt = 1; ; attempt++) {
            Kustomization object = objects.get(id);
            if (object == null
                    || object.metadata().finalizers().contains(Labels.FINALIZER) == wanted) {
                return;
            }
            try {
                send(
                        id,
                        "",
                        wanted
                                ? FinalizerPatch.with(object.metadata(), Labels.FINALIZER)
                                : FinalizerPatch.without(object.metadata(), Labels.FINALIZER));
                return;
            } catch (KubernetesException e) {
                if (!e.is(Sort.CONFLICT) || attempt == ATTEMPTS) {
                    throw e;
                }
                refresh(id);
            }
        }
    }

    private boolean send(DeliveryId id, String subresource, ObjectNode patch)
            throws KubernetesException {
        String path = kind().path(id.namespace(), id.name()) + subresource + MANAGER;
        try {
            take(
                    id,
                    cluster.send(ApiRequest.patch(path, ApiRequest.MERGE_PATCH, patch.toString()))
                            .object());
            return true;
        } catch (KubernetesException e) {
            if (e.is(Sort.NOT_FOUND)) {
                return false;
            }
            throw e;
        }
    }

    private void refresh(DeliveryId id) throws KubernetesException {
        Optional<ObjectNode> now = cluster.get(kind(), id.namespace(), id.name());
        if (now.isPresent()) {
            take(id, now.get());
        }
    }

    /** An answer that cannot be read changes nothing: the watch brings the object again. */
    private void take(DeliveryId id, ObjectNode answer) {
        try {
            objects.put(id, FluxJson.read(answer, Kustomization.class));
        } catch (MalformedObjectException e) {
            throw new IllegalStateException("the API server answered with no Kustomization", e);
        }
    }

    private ResourceKind kind() throws KubernetesException {
        return cluster.resource(API_VERSION, KIND);
    }
}
