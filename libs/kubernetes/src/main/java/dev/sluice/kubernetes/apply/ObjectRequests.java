package dev.sluice.kubernetes.apply;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.kubernetes.ApiAnswer;
import dev.sluice.kubernetes.ApiRequest;
import dev.sluice.kubernetes.Cluster;
import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.kubernetes.KubernetesFailure;
import dev.sluice.kubernetes.ObjectMeta;
import dev.sluice.kubernetes.ResourceKind;
import dev.sluice.kubernetes.schema.Normaliser;
import dev.sluice.manifests.ObjectId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The requests of one apply for its objects, as the server wants them. */
final class ObjectRequests {

    /** Asks only; the server changes nothing. */
    static final String DRY_RUN = "&dryRun=All";

    /** No demand on the version of the object that is there. */
    static final String ANY = "";

    /**
     * A version that no object has. An apply that demands it creates an object, and is a conflict
     * where there is one.
     */
    static final String NONE_THERE = "1";

    private final Cluster cluster;
    private final String manager;
    private final Normaliser normaliser;
    private final Map<ObjectId, ObjectNode> payloads = new ConcurrentHashMap<>();

    ObjectRequests(Cluster cluster, String manager, Normaliser normaliser) {
        this.cluster = cluster;
        this.manager = manager;
        this.normaliser = normaliser;
    }

    /**
     * Applies, or asks whether it could.
     *
     * @param version what the object that is there must have: see {@link #ANY}, {@link #NONE_THERE}
     * @param query {@link #DRY_RUN} or nothing
     */
    ApiAnswer apply(Wanted wanted, String version, String query) throws KubernetesException {
        ObjectNode tree =
                wanted.concedes() ? conceding(wanted, whole(wanted)) : payload(wanted, version);
        return send(wanted, tree, ApiRequest.METADATA, query);
    }

    /** Applies an object with fields that others may change; answers it whole. */
    ApiAnswer concede(Wanted wanted, Optional<ObjectNode> live) throws KubernetesException {
        return send(wanted, conceding(wanted, live), ApiRequest.JSON, "");
    }

    Optional<ObjectNode> whole(Wanted wanted) throws KubernetesException {
        return cluster.get(kind(wanted), wanted.id().namespace(), wanted.id().name());
    }

    Optional<ObjectMeta> live(Wanted wanted) throws KubernetesException {
        return cluster.metadata(kind(wanted), wanted.id().namespace(), wanted.id().name());
    }

    /** Takes our and our forerunners' entries over. */
    void takeOver(Wanted wanted, String patch) throws KubernetesException {
        String target = path(wanted, kind(wanted)) + "?fieldManager=" + manager;
        cluster.send(
                ApiRequest.patch(target, ApiRequest.JSON_PATCH, patch)
                        .accepting(ApiRequest.METADATA));
    }

    void delete(Wanted wanted, String uid) throws KubernetesException {
        Deletion.send(cluster, kind(wanted), wanted.id(), uid);
    }

    ResourceKind kind(Wanted wanted) throws KubernetesException {
        ResourceKind kind = cluster.resource(wanted.object().apiVersion(), wanted.id().kind());
        if (kind.namespaced() && wanted.id().namespace().isEmpty()) {
            throw new KubernetesException(
                    KubernetesFailure.invalid(
                            "namespace not specified: set metadata.namespace or targetNamespace"));
        }
        return kind;
    }

    /** Made once for the question and the deed. */
    private ObjectNode payload(Wanted wanted, String version) throws KubernetesException {
        ObjectNode tree = payloads.get(wanted.id());
        if (tree == null) {
            tree = normaliser.normalise(wanted.object()).tree();
            payloads.put(wanted.id(), tree);
        }
        return version.isEmpty() ? tree : demanding(tree, version);
    }

    private static ObjectNode demanding(ObjectNode tree, String version) {
        ObjectNode metadata = JsonNodeFactory.instance.objectNode();
        metadata.setAll((ObjectNode) tree.path("metadata"));
        metadata.put("resourceVersion", version);
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        copy.setAll(tree);
        copy.set("metadata", metadata);
        return copy;
    }

    private ObjectNode conceding(Wanted wanted, Optional<ObjectNode> live)
            throws KubernetesException {
        ObjectNode tree = normaliser.normalise(wanted.object()).tree();
        live.ifPresent(now -> new Concession(manager, wanted.ignored()).make(tree, now));
        return tree;
    }

    private ApiAnswer send(Wanted wanted, ObjectNode tree, String accept, String query)
            throws KubernetesException {
        ResourceKind kind = kind(wanted);
        String target = path(wanted, kind) + "?fieldManager=" + manager + "&force=true" + query;
        try {
            return cluster.send(
                    ApiRequest.patch(target, ApiRequest.APPLY, tree.toString()).accepting(accept));
        } catch (KubernetesException e) {
            // A path that is not served is answered without a reason; a namespace has one.
            if (e.is(KubernetesFailure.Sort.NOT_FOUND) && e.failure().reason().isEmpty()) {
                cluster.forgetKinds(kind.group());
                throw new KubernetesException(
                        KubernetesFailure.noMatch(kind.apiVersion(), kind.kind()));
            }
            throw e;
        }
    }

    private static String path(Wanted wanted, ResourceKind kind) {
        return kind.path(wanted.id().namespace(), wanted.id().name());
    }
}
