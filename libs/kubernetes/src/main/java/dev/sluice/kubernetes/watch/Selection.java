package dev.sluice.kubernetes.watch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.kubernetes.ApiRequest;
import dev.sluice.kubernetes.Cluster;
import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.kubernetes.ResourceKind;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Which objects to list and watch.
 *
 * @param namespace empty for all
 * @param labels label selector, empty for none
 * @param fields field selector, empty for none
 * @param metadataOnly whether to leave out everything but the metadata
 */
public record Selection(
        ResourceKind kind, String namespace, String labels, String fields, boolean metadataOnly) {

    private static final int PAGE = 500;

    /** Every object of a kind that has the label, whatever its value: metadata only. */
    public static Selection labelled(ResourceKind kind, String label) {
        return new Selection(kind, "", label, "", true);
    }

    /** One object, whole. */
    public static Selection object(ResourceKind kind, String namespace, String name) {
        return new Selection(kind, namespace, "", "metadata.name=" + name, false);
    }

    /** One object, its metadata only. */
    public static Selection metadata(ResourceKind kind, String namespace, String name) {
        return new Selection(kind, namespace, "", "metadata.name=" + name, true);
    }

    /** Every object of a kind, whole. */
    public static Selection all(ResourceKind kind) {
        return new Selection(kind, "", "", "", false);
    }

    /** What is there now, without a watch: for whoever may list and watch, but not get. */
    public List<ObjectNode> look(Cluster cluster) throws KubernetesException {
        List<ObjectNode> found = new ArrayList<>();
        String page = "";
        do {
            ObjectNode list = cluster.send(list(page)).object();
            for (JsonNode item : list.path("items")) {
                if (item instanceof ObjectNode object) {
                    found.add(object);
                }
            }
            page = list.path("metadata").path("continue").asText();
        } while (!page.isEmpty());
        return found;
    }

    ApiRequest list(String page) {
        String query = "?limit=" + PAGE + selectors();
        return ApiRequest.get(
                        kind.path(namespace)
                                + (page.isEmpty() ? query : query + "&continue=" + encode(page)))
                .accepting(metadataOnly ? ApiRequest.METADATA_LIST : ApiRequest.JSON);
    }

    ApiRequest watch(String resourceVersion, Duration length) {
        return ApiRequest.get(
                        kind.path(namespace)
                                + "?watch=1&allowWatchBookmarks=true&resourceVersion="
                                + encode(resourceVersion)
                                + "&timeoutSeconds="
                                + Math.max(1, length.toSeconds())
                                + selectors())
                .accepting(metadataOnly ? ApiRequest.METADATA : ApiRequest.JSON);
    }

    private String selectors() {
        return (labels.isEmpty() ? "" : "&labelSelector=" + encode(labels))
                + (fields.isEmpty() ? "" : "&fieldSelector=" + encode(fields));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
