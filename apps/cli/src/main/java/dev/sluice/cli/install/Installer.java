package dev.sluice.cli.install;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.cli.cluster.ClusterClient;
import dev.sluice.cli.cluster.ClusterException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Applies the objects of an installation and waits until the cluster serves the new kinds. */
public final class Installer {

    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final int TRIES = 150;

    private final ClusterClient client;
    private final String fieldManager;

    public Installer(ClusterClient client) {
        this(client, "sluice-install");
    }

    /**
     * @param fieldManager in whose name objects are applied
     */
    public Installer(ClusterClient client, String fieldManager) {
        this.client = client;
        this.fieldManager = fieldManager;
    }

    /** Applies an object and says what that did, as kubectl does. */
    public String apply(ObjectNode object) throws ClusterException {
        String path = path(object);
        Optional<ObjectNode> before = client.find(path);
        ObjectNode after = client.apply(path, fieldManager, object);
        String what =
                before.map(old -> version(old).equals(version(after)) ? "unchanged" : "configured")
                        .orElse("created");
        return name(object) + " " + what;
    }

    /** Waits until each definition among the objects is served. */
    public void awaitDefinitions(List<ObjectNode> objects) throws ClusterException {
        for (ObjectNode object : objects) {
            if (object.path("kind").asText().equals("CustomResourceDefinition")) {
                awaitEstablished(object);
            }
        }
    }

    private void awaitEstablished(ObjectNode definition) throws ClusterException {
        for (int i = 0; i < TRIES; i++) {
            for (JsonNode condition :
                    client.get(path(definition)).path("status").path("conditions")) {
                if (condition.path("type").asText().equals("Established")
                        && condition.path("status").asText().equals("True")) {
                    return;
                }
            }
            pause();
        }
        throw new IllegalStateException(
                name(definition) + " was applied but is not served after half a minute");
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the definitions", e);
        }
    }

    private static String version(ObjectNode object) {
        return object.at("/metadata/resourceVersion").asText();
    }

    private static String name(ObjectNode object) {
        String apiVersion = object.path("apiVersion").asText();
        int slash = apiVersion.indexOf('/');
        String kind = object.path("kind").asText().toLowerCase(Locale.ROOT);
        return kind
                + (slash < 0 ? "" : "." + apiVersion.substring(0, slash))
                + "/"
                + object.at("/metadata/name").asText();
    }

    private static String path(ObjectNode object) {
        String apiVersion = object.path("apiVersion").asText();
        String namespace = object.at("/metadata/namespace").asText();
        return (apiVersion.contains("/") ? "/apis/" : "/api/")
                + apiVersion
                + (namespace.isEmpty() ? "" : "/namespaces/" + namespace)
                + "/"
                + plural(object.path("kind").asText())
                + "/"
                + object.at("/metadata/name").asText();
    }

    /** As English makes it: enough for the kinds that commands apply. */
    private static String plural(String kind) {
        String singular = kind.toLowerCase(Locale.ROOT);
        if (singular.endsWith("y") && !singular.endsWith("ey")) {
            return singular.substring(0, singular.length() - 1) + "ies";
        }
        return singular.endsWith("s") ? singular + "es" : singular + "s";
    }
}
