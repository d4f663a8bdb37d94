package dev.sluice.applier.helm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.events.DeliveryId;
import dev.sluice.fluxapi.FinalizerPatch;
import dev.sluice.fluxapi.Labels;
import dev.sluice.fluxapi.StatusPatch;
import dev.sluice.fluxapi.helm.HelmRelease;
import dev.sluice.fluxapi.helm.HelmReleaseStatus;
import dev.sluice.kubernetes.ApiRequest;
import dev.sluice.kubernetes.Cluster;
import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.kubernetes.KubernetesFailure.Sort;
import dev.sluice.kubernetes.ResourceKind;
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
        Optional<ObjectNode> patch =
                StatusPatch.between(known.status(), after, of.metadata().uid());
        return patch.isPresent() && send(id, "/status" + MANAGER, patch.get());
    }

    /** Puts our finalizer on the object, or takes it off. */
    void finalizer(DeliveryId id, boolean wanted) throws KubernetesException {
        for (int attempt = 1; ; attempt++) {
            HelmRelease object = objects.get(id);
            if (object == null
                    || object.metadata().finalizers().contains(Labels.FINALIZER) == wanted) {
                return;
            }
            try {
                send(
                        id,
                        OBJECT_MANAGER,
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
