package dev.sluice.applier.helm;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.events.AnnouncedObject;
import dev.sluice.events.ObjectAnnounced;
import dev.sluice.events.ObjectMarks;
import dev.sluice.events.Severity;
import dev.sluice.fluxapi.Groups;
import dev.sluice.fluxapi.Metadata;
import dev.sluice.fluxapi.Timestamp;
import dev.sluice.fluxapi.helm.HelmRelease;
import dev.sluice.kubernetes.ApiRequest;
import dev.sluice.kubernetes.Cluster;
import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.pipeline.EventSender;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says what happened to HelmReleases: on {@code sluice.announcements}, where Alerts find it, and as
 * Kubernetes Events. The record is written before the work goes on. The Events are sent beside it:
 * nobody waits for them, and where they come faster than the server takes them some are left out.
 * One virtual thread sends them, from {@link #start} to {@link #close}.
 */
public final class HelmEvents implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HelmEvents.class);
    private static final int WAITING = 2000;
    private static final int LONGEST_MESSAGE = 1024;
    private static final String REPORTER = "helm-controller";

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
    public HelmEvents(Cluster cluster, String clusterName, EventSender announced, Clock clock) {
        this.cluster = cluster;
        this.clusterName = clusterName;
        this.announced = announced;
        this.clock = clock;
        this.sender = Thread.ofVirtual().name("helm-events").unstarted(this::send);
    }

    public void start() {
        sender.start();
    }

    void say(
            HelmRelease object,
            boolean warning,
            String reason,
            String message,
            Map<String, String> marks) {
        announced.send(announcement(object, warning, reason, message, marks), null);
        ObjectNode event = event(object, warning, reason, message);
        if (!marks.isEmpty()) {
            ObjectNode annotations = event.withObject("/metadata/annotations");
            marks.forEach((name, value) -> annotations.put(Groups.HELM + '/' + name, value));
        }
        if (!notes.offer(new Note(object.metadata().namespace(), event))) {
            LOG.debug("an Event is left out, since too many wait");
        }
    }

    private ObjectAnnounced announcement(
            HelmRelease object,
            boolean warning,
            String reason,
            String message,
            Map<String, String> marks) {
        Metadata metadata = object.metadata();
        return new ObjectAnnounced(
                new AnnouncedObject(
                        clusterName,
                        HelmReleases.KIND,
                        metadata.namespace(),
                        metadata.name(),
                        HelmReleases.API_VERSION,
                        metadata.uid(),
                        metadata.resourceVersion()),
                warning ? Severity.ERROR : Severity.INFO,
                reason,
                message,
                marks,
                ObjectMarks.of(metadata.labels(), metadata.annotations()),
                REPORTER);
    }

    private ObjectNode event(HelmRelease object, boolean warning, String reason, String message) {
        Metadata metadata = object.metadata();
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("apiVersion", "v1").put("kind", "Event");
        event.putObject("metadata")
                .put("generateName", metadata.name() + '.')
                .put("namespace", metadata.namespace());
        event.putObject("involvedObject")
                .put("apiVersion", HelmReleases.API_VERSION)
                .put("kind", HelmReleases.KIND)
                .put("namespace", metadata.namespace())
                .put("name", metadata.name())
                .put("uid", metadata.uid())
                .put("resourceVersion", metadata.resourceVersion());
        String now = new Timestamp(clock.instant()).toString();
        event.put("type", warning ? "Warning" : "Normal")
                .put("reason", reason)
                .put("message", cut(message))
                .put("firstTimestamp", now)
                .put("lastTimestamp", now)
                .put("count", 1)
                .put("reportingComponent", REPORTER);
        event.putObject("source").put("component", REPORTER);
        return event;
    }

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
                                            cluster.resource("v1", "Event").path(note.namespace()),
                                            note.event().toString())
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
