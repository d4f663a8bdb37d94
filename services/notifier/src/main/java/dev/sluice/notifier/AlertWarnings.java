package dev.sluice.notifier;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.events.AnnouncedObject;
import dev.sluice.events.NotificationDue;
import dev.sluice.fluxapi.Timestamp;
import dev.sluice.kubernetes.ApiRequest;
import dev.sluice.kubernetes.Cluster;
import dev.sluice.kubernetes.KubernetesException;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kubernetes Events about Alerts, whose objects have no status. Nothing depends on them; one that
 * can't be written is left out.
 */
final class AlertWarnings {

    private static final Logger LOG = LoggerFactory.getLogger(AlertWarnings.class);
    private static final String REPORTER = "notification-controller";
    private static final int LONGEST_MESSAGE = 1024;

    private final Cluster cluster;
    private final Clock clock;

    AlertWarnings(Cluster cluster, Clock clock) {
        this.cluster = cluster;
        this.clock = clock;
    }

    /** The Provider was not told. */
    void notTold(KnownAlert alert, NotificationDue due, String why) {
        AnnouncedObject about = due.announced().object();
        String object = about.kind() + '/' + about.namespace() + '/' + about.name();
        write(
                alert,
                "NotificationDispatchFailed",
                "failed to send notification for " + object + ": " + why);
    }

    /** Expressions of the Alert are none. */
    void invalid(KnownAlert alert) {
        for (String expression : alert.invalid()) {
            write(alert, "InvalidConfig", "failed to compile regex: " + expression);
        }
    }

    private void write(KnownAlert alert, String reason, String message) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("apiVersion", "v1").put("kind", "Event");
        event.putObject("metadata")
                .put("generateName", alert.name().name() + '.')
                .put("namespace", alert.name().namespace());
        event.putObject("involvedObject")
                .put("apiVersion", ObjectTable.API_VERSION)
                .put("kind", "Alert")
                .put("namespace", alert.name().namespace())
                .put("name", alert.name().name())
                .put("uid", alert.object().metadata().uid());
        String now = new Timestamp(clock.instant()).toString();
        event.put("type", "Warning")
                .put("reason", reason)
                .put(
                        "message",
                        message.length() <= LONGEST_MESSAGE
                                ? message
                                : message.substring(0, LONGEST_MESSAGE - 3) + "...")
                .put("firstTimestamp", now)
                .put("lastTimestamp", now)
                .put("count", 1)
                .put("reportingComponent", REPORTER);
        event.putObject("source").put("component", REPORTER);
        try {
            cluster.send(
                    ApiRequest.post(
                            cluster.resource("v1", "Event").path(alert.name().namespace()),
                            event.toString()));
        } catch (KubernetesException e) {
            LOG.debug("an Event was refused: {}", e.getMessage());
        }
    }
}
