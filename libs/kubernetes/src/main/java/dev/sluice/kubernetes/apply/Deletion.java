package dev.sluice.kubernetes.apply;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.kubernetes.ApiRequest;
import dev.sluice.kubernetes.Cluster;
import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.kubernetes.KubernetesFailure;
import dev.sluice.kubernetes.ResourceKind;
import dev.sluice.manifests.ObjectId;

/** Deletes exactly the object that was seen: not one that took its name since. */
final class Deletion {

    private Deletion() {}

    /** Asks for the deletion in the background; an object that is gone already is fine. */
    static void send(Cluster cluster, ResourceKind kind, ObjectId id, String uid)
            throws KubernetesException {
        ObjectNode options =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("kind", "DeleteOptions")
                        .put("apiVersion", "v1")
                        .put("propagationPolicy", "Background");
        options.putObject("preconditions").put("uid", uid);
        try {
            cluster.send(
                    ApiRequest.delete(kind.path(id.namespace(), id.name()), options.toString()));
        } catch (KubernetesException e) {
            if (!e.is(KubernetesFailure.Sort.NOT_FOUND)) {
                throw e;
            }
        }
    }
}
