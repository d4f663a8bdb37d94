package dev.sluice.fetcher;

import dev.sluice.fluxapi.FluxObject;
import dev.sluice.fluxapi.Metadata;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes Events about sources, as {@code kubectl describe} shows them. One that can't be written is
 * no reason to stop.
 */
final class KubernetesEvents {

    private static final Logger LOG = LoggerFactory.getLogger(KubernetesEvents.class);
    private static final int MAX_MESSAGE = 1024;

    private final KubernetesClient client;
    private final Clock clock;

    KubernetesEvents(KubernetesClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    void normal(FluxObject object, String reason, String message, Map<String, String> annotations) {
        write(object, "Normal", reason, message, annotations);
    }

    void warning(FluxObject object, String reason, String message) {
        write(object, "Warning", reason, message, Map.of());
    }

    private void write(
            FluxObject object,
            String type,
            String reason,
            String message,
            Map<String, String> annotations) {
        Metadata metadata = object.metadata();
        String now = clock.instant().truncatedTo(java.time.temporal.ChronoUnit.SECONDS).toString();
        Event event =
                new EventBuilder()
                        .withNewMetadata()
                        .withName(
                                metadata.name()
                                        + "."
                                        + Long.toHexString(
                                                clock.instant().toEpochMilli() * 1_000_000L
                                                        + System.nanoTime() % 1_000_000L))
                        .withNamespace(metadata.namespace())
                        .withAnnotations(annotations)
                        .endMetadata()
                        .withNewInvolvedObject()
                        .withApiVersion(object.apiVersion())
                        .withKind(object.kind())
                        .withNamespace(metadata.namespace())
                        .withName(metadata.name())
                        .withUid(metadata.uid())
                        .withResourceVersion(metadata.resourceVersion())
                        .endInvolvedObject()
                        .withNewSource()
                        .withComponent("source-controller")
                        .endSource()
                        .withReportingComponent("source-controller")
                        .withType(type)
                        .withReason(reason)
                        .withMessage(
                                message.length() > MAX_MESSAGE
                                        ? message.substring(0, MAX_MESSAGE - 3) + "..."
                                        : message)
                        .withFirstTimestamp(now)
                        .withLastTimestamp(now)
                        .withCount(1)
                        .build();
        try {
            client.resource(event).create();
        } catch (KubernetesClientException e) {
            LOG.atDebug().addKeyValue("reason", reason).setCause(e).log("an event was not written");
        }
    }
}
