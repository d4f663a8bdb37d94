package dev.sluice.cli.flux;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.cli.cluster.ClusterClient;
import dev.sluice.cli.cluster.ClusterException;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Objects as they are and as they change, from the list that a path names. For one thread. */
public final class ObjectFeed {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int GONE = 410;

    /** Takes objects. */
    public interface Sink {
        void present(JsonNode object);
    }

    private final ClusterClient client;
    private final String path;
    private final String selector;
    private final Map<String, String> seen = new HashMap<>();

    /**
     * @param path of the list
     * @param selector of labels, may be empty
     */
    public ObjectFeed(ClusterClient client, String path, String selector) {
        this.client = client;
        this.path = path;
        this.selector =
                selector.isEmpty()
                        ? ""
                        : "&labelSelector=" + URLEncoder.encode(selector, StandardCharsets.UTF_8);
    }

    /**
     * Tells of each object there is and of each change from then on. Goes on until the thread is
     * interrupted; what the server ends is begun anew.
     *
     * @throws ClusterException where the objects can't be listed
     */
    public void follow(Sink sink) throws ClusterException {
        while (!Thread.currentThread().isInterrupted()) {
            ObjectNode list = client.get(path + "?limit=0" + selector);
            list.path("items").forEach(item -> take(item, sink));
            String version = list.at("/metadata/resourceVersion").asText();
            try {
                client.follow(
                        path
                                + "?watch=true&allowWatchBookmarks=true&resourceVersion="
                                + version
                                + selector,
                        line -> take(line, sink));
            } catch (ClusterException e) {
                if (e.isNotFound() || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
            }
        }
    }

    /** False where the watch is too old to go on. */
    private boolean take(String line, Sink sink) {
        try {
            JsonNode event = JSON.readTree(line);
            String type = event.path("type").asText();
            JsonNode object = event.path("object");
            if (type.equals("ADDED") || type.equals("MODIFIED")) {
                take(object, sink);
            }
            return !type.equals("ERROR") || object.path("code").asInt() != GONE;
        } catch (IOException e) {
            return false;
        }
    }

    /** What was told of already is not told again after a new beginning. */
    private void take(JsonNode object, Sink sink) {
        String version = object.at("/metadata/resourceVersion").asText();
        if (!version.equals(seen.put(object.at("/metadata/uid").asText(), version))
                || version.isEmpty()) {
            sink.present(object);
        }
    }
}
