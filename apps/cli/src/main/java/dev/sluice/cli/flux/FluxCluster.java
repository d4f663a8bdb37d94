package dev.sluice.cli.flux;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.cli.cluster.ClusterClient;
import dev.sluice.cli.cluster.ClusterException;
import dev.sluice.fluxapi.Annotations;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** The Flux objects of one cluster. */
public final class FluxCluster {

    private static final String FIELD_MANAGER = "flux";
    private static final int PAGE = 500;
    private static final String FORCE_AT = "reconcile.fluxcd.io/forceAt";
    private static final String RESET_AT = "reconcile.fluxcd.io/resetAt";

    private final ClusterClient client;

    public FluxCluster(ClusterClient client) {
        this.client = client;
    }

    /**
     * The objects of a kind, by name.
     *
     * @param namespace empty for all namespaces
     * @param selector of labels, may be empty
     */
    public List<LiveObject> list(ServedKind kind, String namespace, String selector)
            throws ClusterException {
        var objects = new ArrayList<LiveObject>();
        for (JsonNode item : items(kind.path(namespace), selector)) {
            objects.add(new LiveObject(kind, item));
        }
        return objects;
    }

    /** The events of a namespace, or of all if it is empty. */
    public List<JsonNode> events(String namespace) throws ClusterException {
        return items(eventsPath(namespace), "");
    }

    /** The path of the events of a namespace, or of all if it is empty. */
    public static String eventsPath(String namespace) {
        return "/api/v1" + (namespace.isEmpty() ? "" : "/namespaces/" + namespace) + "/events";
    }

    private List<JsonNode> items(String path, String selector) throws ClusterException {
        var items = new ArrayList<JsonNode>();
        String more = "";
        do {
            String query =
                    "?limit="
                            + PAGE
                            + (selector.isEmpty() ? "" : "&labelSelector=" + encode(selector));
            ObjectNode list =
                    client.get(path + query + (more.isEmpty() ? "" : "&continue=" + encode(more)));
            list.path("items").forEach(items::add);
            more = list.at("/metadata/continue").asText();
        } while (!more.isEmpty());
        return items;
    }

    public Optional<LiveObject> find(ServedKind kind, String namespace, String name)
            throws ClusterException {
        return client.find(kind.path(namespace, encode(name)))
                .map(json -> new LiveObject(kind, json));
    }

    /** A whole Secret, if it exists. */
    public Optional<ObjectNode> findSecret(String namespace, String name) throws ClusterException {
        return client.find("/api/v1/namespaces/" + namespace + "/secrets/" + encode(name));
    }

    /** A whole ConfigMap, if it exists. */
    public Optional<ObjectNode> findConfigMap(String namespace, String name)
            throws ClusterException {
        return client.find("/api/v1/namespaces/" + namespace + "/configmaps/" + encode(name));
    }

    /** The requests below. */
    public ClusterClient client() {
        return client;
    }

    /** One value of a Secret. */
    public String secret(String namespace, String name, String key) throws ClusterException {
        String path = "/api/v1/namespaces/" + namespace + "/secrets/" + encode(name);
        String value = client.get(path).path("data").path(key).asText();
        return new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
    }

    /** Suspends an object, or lets it go on. */
    public LiveObject setSuspended(LiveObject object, boolean suspended) throws ClusterException {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        patch.putObject("spec").put("suspend", suspended);
        return patched(object, patch);
    }

    /**
     * Asks for a reconciliation.
     *
     * @param mark any text that was not used before
     * @param force whether it is also asked to go on though nothing changed
     * @param reset whether failed attempts are to be forgotten
     */
    public void request(LiveObject object, String mark, boolean force, boolean reset)
            throws ClusterException {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        ObjectNode annotations = patch.putObject("metadata").putObject("annotations");
        annotations.put(Annotations.REQUESTED_AT, mark);
        if (force) {
            annotations.put(FORCE_AT, mark);
        }
        if (reset) {
            annotations.put(RESET_AT, mark);
        }
        patched(object, patch);
    }

    private LiveObject patched(LiveObject object, ObjectNode patch) throws ClusterException {
        String path = object.kind().path(object.namespace(), object.name());
        return new LiveObject(object.kind(), client.patch(path, FIELD_MANAGER, patch));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
