package dev.sluice.kubernetes;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.events.AnnouncedObject;
import dev.sluice.events.ObjectAnnounced;
import dev.sluice.events.Severity;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;

/**
 * A Kubernetes Event, as {@code kubectl describe} shows it below an object.
 *
 * @param message the API server takes 1,024 characters; longer ones are cut
 * @param annotations with their full names
 * @param reporter the controller in whose name it is said
 */
public record KubernetesEvent(
        Involved object,
        boolean warning,
        String reason,
        String message,
        Map<String, String> annotations,
        String reporter) {

    private static final int LONGEST_MESSAGE = 1024;

    /**
     * The object that it is about.
     *
     * @param resourceVersion empty where it is not known
     */
    public record Involved(
            String apiVersion,
            String kind,
            String namespace,
            String name,
            String uid,
            String resourceVersion) {}

    public KubernetesEvent {
        message =
                message.length() <= LONGEST_MESSAGE
                        ? message
                        : message.substring(0, LONGEST_MESSAGE - 3) + "...";
        annotations = Map.copyOf(annotations);
    }

    /**
     * What was announced, as an Event.
     *
     * @param group API group that the facts are named by
     */
    public static KubernetesEvent of(ObjectAnnounced said, String group) {
        AnnouncedObject about = said.object();
        Map<String, String> annotations = new TreeMap<>();
        said.metadata().forEach((name, value) -> annotations.put(group + '/' + name, value));
        return new KubernetesEvent(
                new Involved(
                        about.apiVersion(),
                        about.kind(),
                        about.namespace(),
                        about.name(),
                        about.uid(),
                        about.resourceVersion()),
                said.severity() != Severity.INFO,
                said.reason(),
                said.message(),
                annotations,
                said.reporter());
    }

    /**
     * Writes it to the cluster.
     *
     * @param at when it happened
     */
    public void write(Cluster cluster, Instant at) throws KubernetesException {
        cluster.send(
                ApiRequest.post(
                                cluster.resource("v1", "Event").path(object.namespace),
                                json(at).toString())
                        .accepting(ApiRequest.METADATA));
    }

    private ObjectNode json(Instant at) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("apiVersion", "v1").put("kind", "Event");
        ObjectNode metadata =
                event.putObject("metadata")
                        .put("generateName", object.name + '.')
                        .put("namespace", object.namespace);
        if (!annotations.isEmpty()) {
            annotations.forEach(metadata.putObject("annotations")::put);
        }
        ObjectNode involved =
                event.putObject("involvedObject")
                        .put("apiVersion", object.apiVersion)
                        .put("kind", object.kind)
                        .put("namespace", object.namespace)
                        .put("name", object.name)
                        .put("uid", object.uid);
        if (!object.resourceVersion.isEmpty()) {
            involved.put("resourceVersion", object.resourceVersion);
        }
        String time = at.truncatedTo(ChronoUnit.SECONDS).toString();
        event.put("type", warning ? "Warning" : "Normal")
                .put("reason", reason)
                .put("message", message)
                .put("firstTimestamp", time)
                .put("lastTimestamp", time)
                .put("count", 1)
                .put("reportingComponent", reporter);
        event.putObject("source").put("component", reporter);
        return event;
    }
}
