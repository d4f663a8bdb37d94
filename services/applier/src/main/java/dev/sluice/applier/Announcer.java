package dev.sluice.applier;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.events.AnnouncedObject;
import dev.sluice.events.ObjectAnnounced;
import dev.sluice.events.ObjectMarks;
import dev.sluice.events.Reason;
import dev.sluice.events.Severity;
import dev.sluice.fluxapi.Groups;
import dev.sluice.fluxapi.Metadata;
import dev.sluice.fluxapi.Timestamp;
import dev.sluice.fluxapi.kustomize.Kustomization;
import dev.sluice.kubernetes.ApiRequest;
import dev.sluice.kubernetes.Cluster;
import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.pipeline.EventSender;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says what happened to Kustomizations: on {@code sluice.announcements}, where Alerts find it, and
 * as Kubernetes Events. The record is written before the work goes on. The Events are sent beside
 * it: nobody waits for them, and where they come faster than the server takes them some are left
 * out. One virtual thread sends them, from {@link #start} to {@link #close}.
 */
final class Announcer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Announcer.class);
    private static final int WAITING = 2000;
    private static final int LONGEST_MESSAGE = 1024;
    private static final String REPORTER = "kustomize-controller";

    private record Note(String namespace, ObjectNode event) {}

    private final Cluster cluster;
    private final String clusterName;
    private final EventSender announced;
    private final Clock clock;
    private final BlockingQueue<Note> notes = new ArrayBlockingQueue<>(WAITING);
    private final Thread sender;

    /**
     * @param clusterName the name that the operator gave to the cluster
     * @param announced writes to {@code sluice.announcements}
     */
    Announcer(Cluster cluster, String clusterName, EventSender announced, Clock clock) {
        this.cluster = cluster;
        this.clusterName = clusterName;
        this.announced = announced;
        this.clock = clock;
        sender = Thread.ofVirtual().name("applier-announcer").unstarted(this::send);
    }

    void start() {
        sender.start();
    }

    void info(Kustomization object, Attempt attempt, Reason reason, String message) {
        tell(object, facts(attempt), Severity.INFO, reason, message);
    }

    void warning(Kustomization object, Attempt attempt, Reason reason, String message) {
        tell(object, facts(attempt), Severity.ERROR, reason, message);
    }

    /** The end of a reconciliation, which also moves the status of the commit. */
    void finished(Kustomization object, Attempt attempt, String message) {
        Map<String, String> facts = facts(attempt);
        facts.put("commit_status", "update");
        tell(object, facts, Severity.INFO, Reason.RECONCILIATION_SUCCEEDED, message);
    }

    private static Map<String, String> facts(Attempt attempt) {
        Map<String, String> facts = new LinkedHashMap<>();
        if (!attempt.revision().isEmpty()) {
            facts.put("revision", attempt.revision());
        }
        if (attempt.originRevision() != null) {
            facts.put("originRevision", attempt.originRevision());
        }
        return facts;
    }

    private void tell(
            Kustomization object,
            Map<String, String> facts,
            Severity severity,
            Reason reason,
            String message) {
        Metadata metadata = object.metadata();
        ObjectAnnounced said =
                new ObjectAnnounced(
                        new AnnouncedObject(
                                clusterName,
                                object.kind(),
                                metadata.namespace(),
                                metadata.name(),
                                object.apiVersion(),
                                metadata.uid(),
                                metadata.resourceVersion()),
                        severity,
                        reason.word(),
                        message,
                        facts,
                        ObjectMarks.of(metadata.labels(), metadata.annotations()),
                        REPORTER);
        announced.send(said, null);
        if (!notes.offer(new Note(metadata.namespace(), event(said)))) {
            LOG.debug("an Event is left out, since too many wait");
        }
    }

    private ObjectNode event(ObjectAnnounced said) {
        AnnouncedObject object = said.object();
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("apiVersion", "v1").put("kind", "Event");
        event.putObject("metadata")
                .put("generateName", object.name() + '.')
                .put("namespace", object.namespace());
        said.metadata()
                .forEach((name, value) ->
                        annotations(event).put(Groups.KUSTOMIZE + '/' + name, value));
        event.putObject("involvedObject")
                .put("apiVersion", object.apiVersion())
                .put("kind", object.kind())
                .put("namespace", object.namespace())
                .put("name", object.name())
                .put("uid", object.uid())
                .put("resourceVersion", object.resourceVersion());
        String now = new Timestamp(clock.instant()).toString();
        event.put("type", said.severity() == Severity.INFO ? "Normal" : "Warning")
                .put("reason", said.reason())
                .put("message", cut(said.message()))
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
