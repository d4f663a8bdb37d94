package dev.sluice.kubernetes.keys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.kubernetes.ApiRequest;
import dev.sluice.kubernetes.Cluster;
import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.kubernetes.KubernetesFailure.Sort;
import dev.sluice.kubernetes.ResourceKind;
import dev.sluice.kubernetes.watch.ObjectWatch;
import dev.sluice.kubernetes.watch.Selection;
import dev.sluice.manifests.sealing.KeyRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The Secret of one service. Safe for use by many threads. */
public final class KeySecret {

    private static final ResourceKind SECRETS =
            new ResourceKind("", "v1", "Secret", "secrets", true);
    private static final ResourceKind CONFIG_MAPS =
            new ResourceKind("", "v1", "ConfigMap", "configmaps", true);
    private static final ResourceKind NAMESPACES =
            new ResourceKind("", "v1", "Namespace", "namespaces", false);

    private final Cluster cluster;
    private final String namespace;
    private final String name;

    /**
     * @param namespace of the pipeline; made where it is missing
     * @param name of the Secret; also the field manager of what is written
     */
    public KeySecret(Cluster cluster, String namespace, String name) {
        this.cluster = cluster;
        this.namespace = namespace;
        this.name = name;
    }

    /** As messages have it. */
    public String display() {
        return "Secret " + namespace + '/' + name;
    }

    /**
     * The entries; where there is no such Secret it is made. Of two that make it at once, one does
     * and both take it.
     */
    public Map<String, String> readOrMake(Supplier<Map<String, String>> fresh)
            throws KubernetesException {
        Optional<Map<String, String>> known = read();
        if (known.isPresent()) {
            return known.get();
        }
        ObjectNode secret = object("Secret", name, namespace);
        encode(fresh.get(), secret);
        try {
            create(SECRETS.path(namespace), secret);
        } catch (KubernetesException e) {
            if (!e.is(Sort.NOT_FOUND)) {
                throw e;
            }
            create(NAMESPACES.path(), object("Namespace", namespace, ""));
            create(SECRETS.path(namespace), secret);
        }
        return read().orElseThrow(() -> new IllegalStateException(display() + " vanished"));
    }

    /** The entries as texts; empty where there is no such Secret. */
    public Optional<Map<String, String>> read() throws KubernetesException {
        return cluster.get(SECRETS, namespace, name).map(this::decode);
    }

    /** Puts entries in place of those of the same names; the others stay. */
    public void replace(Map<String, String> entries) throws KubernetesException {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        encode(entries, patch);
        send(patch);
    }

    /** Says that a request was carried out, together with what it changed. */
    public void replace(Map<String, String> entries, KeyRequest done) throws KubernetesException {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        encode(entries, patch);
        patch.withObject("/metadata/annotations").put(KeyRequest.DONE, done.text());
        send(patch);
    }

    /** Writes these entries of a ConfigMap that several services share, each its own entries. */
    public void publish(String configMap, Map<String, String> entries) throws KubernetesException {
        ObjectNode map = object("ConfigMap", configMap, namespace);
        ObjectNode data = map.putObject("data");
        entries.forEach(data::put);
        cluster.send(
                ApiRequest.patch(
                        CONFIG_MAPS.path(namespace, configMap) + "?force=true&fieldManager=" + name,
                        ApiRequest.APPLY,
                        map.toString()));
    }

    /** Tells the listener of requests and changes until it is closed. */
    public ObjectWatch follow(KeyListener listener) {
        return ObjectWatch.start(
                cluster,
                new Selection(SECRETS, namespace, "", "metadata.name=" + name, true),
                new KeySink(listener));
    }

    private void send(ObjectNode patch) throws KubernetesException {
        cluster.send(
                ApiRequest.patch(
                        SECRETS.path(namespace, name) + "?fieldManager=" + name,
                        ApiRequest.MERGE_PATCH,
                        patch.toString()));
    }

    private void create(String path, ObjectNode object) throws KubernetesException {
        try {
            cluster.send(ApiRequest.post(path + "?fieldManager=" + name, object.toString()));
        } catch (KubernetesException e) {
            if (!e.is(Sort.CONFLICT)) {
                throw e;
            }
        }
    }

    private static void encode(Map<String, String> entries, ObjectNode secret) {
        ObjectNode data = secret.putObject("data");
        entries.forEach((key, text) ->
                data.put(
                        key,
                        Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))));
    }

    private Map<String, String> decode(ObjectNode secret) {
        Map<String, String> entries = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : secret.path("data").properties()) {
            try {
                byte[] decoded = Base64.getDecoder().decode(entry.getValue().asText());
                entries.put(entry.getKey(), new String(decoded, StandardCharsets.UTF_8));
            } catch (IllegalArgumentException e) {
                // The cause may show a part of a key.
                throw new IllegalStateException(
                        display() + " holds something at " + entry.getKey() + " that is no base64");
            }
        }
        return entries;
    }

    private static ObjectNode object(String kind, String name, String namespace) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("apiVersion", "v1").put("kind", kind);
        ObjectNode metadata = object.putObject("metadata").put("name", name);
        if (!namespace.isEmpty()) {
            metadata.put("namespace", namespace);
        }
        return object;
    }
}
