package dev.sluice.applier;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.events.Reason;
import dev.sluice.fluxapi.Groups;
import dev.sluice.fluxapi.Timestamp;
import dev.sluice.fluxapi.kustomize.Kustomization;
import dev.sluice.kubernetes.ApiRequest;
import dev.sluice.kubernetes.Cluster;
import dev.sluice.kubernetes.KubernetesException;
import java.time.Clock;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes Kubernetes Events about Kustomizations, beside the work: nobody waits for them, and where
 * they come faster than the server takes them some are left out. One virtual thread sends them,
 * from {@link #start} to {@link #close}.
 */
final class Announcer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Announcer.class);
    private static final int WAITING = 2000;
    private static final int LONGEST_MESSAGE = 1024;
    private static final String REPORTER = "kustomize-controller";

    private record Note(String namespace, ObjectNode event) {}

    private final Cluster cluster;
    private final Clock clock;
    private final BlockingQueue<Note> notes = new ArrayBlockingQueue<>(WAITING);
    private final Thread sender;

    Announcer(Cluster cluster, Clock clock) {
        this.cluster = cluster;
        this.clock = clock;
        sender = Thread.ofVirtual().name("applier-announcer").unstarted(this::send);
    }

    void start() {
        sender.start();
    }

    void info(Kustomization object, Attempt attempt, Reason reason, String message) {
        offer(object, event(object, attempt, "Normal", reason.word(), message));
    }

    void warning(Kustomization object, Attempt attempt, Reason reason, String message) {
        offer(object, event(object, attempt, "Warning", reason.word(), message));
    }

    /** The end of a reconciliation, which also moves the status of the commit. */
    void finished(Kustomization object, Attempt attempt, String message) {
        ObjectNode event =
                event(object, attempt, "Normal", Reason.RECONCILIATION_SUCCEEDED.word(), message);
        annotations(event).put(Groups.KUSTOMIZE + "/commit_status", "update");
        offer(object, event);
    }

    private void offer(Kustomization object, ObjectNode event) {
        if (!notes.offer(new Note(object.metadata().namespace(), event))) {
            LOG.debug("an Event is left out, since too many wait");
        }
    }

    private ObjectNode event(
            Kustomization object, Attempt attempt, String type, String reason, String message) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("apiVersion", "v1").put("kind", "Event");
        event.putObject("metadata")
                .put("generateName", object.metadata().name() + '.')
                .put("namespace", object.metadata().namespace());
        if (!attempt.revision().isEmpty()) {
            annotations(event).put(Groups.KUSTOMIZE + "/revision", attempt.revision());
        }
        event.putObject("involvedObject")
                .put("apiVersion", object.apiVersion())
                .put("kind", object.kind())
                .put("namespace", object.metadata().namespace())
                .put("name", object.metadata().name())
                .put("uid", object.metadata().uid())
                .put("resourceVersion", object.metadata().resourceVersion());
        String now = new Timestamp(clock.instant()).toString();
        event.put("type", type)
                .put("reason", reason)
                .put("message", cut(message))
                .put("firstTimestamp", now)
                .put("lastTimestamp", now)
                .put("count", 1)
                .put("reportingComponent", REPORTER);
        event.putObject("source").put("component", REPORTER);
        return event;
    }

    private static ObjectNode annotations(ObjectNode event) {
        return event.withObject("/metadata/annotations");
    }

    /** The API server takes no longer ones. */
    private static String cut(String message) {
        return message.length() <= LONGEST_MESSAGE
                ? message
                : message.substring(0, LONGEST_MESSAGE - 3) + "...";
    }

    private void send() {
        try {
            while (true) {
                Note note = notes.take();
                try {
                    cluster.send(
                            ApiRequest.post(
                                            cluster.resource("v1", "Event").path(note.namespace),
                                            note.event.toString())
                                    .accepting(ApiRequest.METADATA));
                } catch (KubernetesException e) {
                    LOG.debug("an Event was refused: {}", e.getMessage());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        sender.interrupt();
    }
}
