package dev.sluice.fetcher;

import dev.sluice.events.AnnouncedObject;
import dev.sluice.events.ObjectAnnounced;
import dev.sluice.events.ObjectMarks;
import dev.sluice.events.Severity;
import dev.sluice.fluxapi.FluxObject;
import dev.sluice.fluxapi.Groups;
import dev.sluice.fluxapi.Metadata;
import dev.sluice.pipeline.EventSender;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says what happened to sources: on {@code sluice.announcements}, where Alerts find it, and as
 * Events, as {@code kubectl describe} shows them. An Event that can't be written is no reason to
 * stop.
 */
final class KubernetesEvents {

    private static final Logger LOG = LoggerFactory.getLogger(KubernetesEvents.class);
    private static final int MAX_MESSAGE = 1024;
    private static final String REPORTER = "source-controller";

    private final String cluster;
    private final KubernetesClient client;
    private final EventSender announced;
    private final Clock clock;

    /**
     * @param cluster the name that the operator gave to the cluster
     * @param announced writes to {@code sluice.announcements}
     */
    KubernetesEvents(String cluster, KubernetesClient client, EventSender announced, Clock clock) {
        this.cluster = cluster;
        this.client = client;
        this.announced = announced;
        this.clock = clock;
    }

    /**
     * @param facts for example {@code revision}
     */
    void normal(FluxObject object, String reason, String message, Map<String, String> facts) {
        tell(object, Severity.INFO, reason, message, facts);
    }

    void warning(FluxObject object, String reason, String message) {
        tell(object, Severity.ERROR, reason, message, Map.of());
    }

    private void tell(
            FluxObject object,
            Severity severity,
            String reason,
            String message,
            Map<String, String> facts) {
        Metadata metadata = object.metadata();
        ObjectAnnounced said =
                new ObjectAnnounced(
                        new AnnouncedObject(
                                cluster,
                                object.kind(),
                                metadata.namespace(),
                                metadata.name(),
                                object.apiVersion(),
                                metadata.uid(),
                                metadata.resourceVersion()),
                        severity,
                        reason,
                        message,
                        facts,
                        ObjectMarks.of(metadata.labels(), metadata.annotations()),
                        REPORTER);
        announced.send(said, null);
        try {
            client.resource(event(said)).create();
        } catch (KubernetesClientException e) {
            LOG.atDebug().addKeyValue("reason", reason).setCause(e).log("an event was not written");
        }
    }

    private Event event(ObjectAnnounced said) {
        AnnouncedObject object = said.object();
        String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        Map<String, String> annotations = new LinkedHashMap<>();
        said.metadata()
                .forEach((name, value) -> annotations.put(Groups.SOURCE + "/" + name, value));
        return new EventBuilder()
                .withNewMetadata()
                .withName(object.name() + "." + Long.toHexString(suffix()))
                .withNamespace(object.namespace())
                .withAnnotations(annotations)
                .endMetadata()
                .withNewInvolvedObject()
                .withApiVersion(object.apiVersion())
                .withKind(object.kind())
                .withNamespace(object.namespace())
                .withName(object.name())
                .withUid(object.uid())
                .withResourceVersion(object.resourceVersion())
                .endInvolvedObject()
                .withNewSource()
                .withComponent(REPORTER)
                .endSource()
                .withReportingComponent(REPORTER)
                .withType(said.severity() == Severity.INFO ? "Normal" : "Warning")
                .withReason(said.reason())
                .withMessage(cut(said.message()))
                .withFirstTimestamp(now)
                .withLastTimestamp(now)
                .withCount(1)
                .build();
    }

    private long suffix() {
        return clock.instant().toEpochMilli() * 1_000_000L + System.nanoTime() % 1_000_000L;
    }

    private static String cut(String message) {
        return message.length() > MAX_MESSAGE
                ? message.substring(0, MAX_MESSAGE - 3) + "..."
                : message;
    }
}
