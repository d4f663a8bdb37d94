package dev.sluice.notifier;

import dev.sluice.events.AnnouncedObject;
import dev.sluice.events.NotificationDue;
import dev.sluice.kubernetes.Cluster;
import dev.sluice.kubernetes.KubernetesEvent;
import dev.sluice.kubernetes.KubernetesException;
import java.time.Clock;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kubernetes Events about Alerts, whose objects have no status. Nothing depends on them; one that
 * can't be written is left out.
 */
final class AlertWarnings {

    private static final Logger LOG = LoggerFactory.getLogger(AlertWarnings.class);
    private static final String REPORTER = "notification-controller";

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
            write(alert, "InvalidConfig", "failed to compile " + expression);
        }
    }

    /** Several sources name the same fact, of which one counts. */
    void conflicts(KnownAlert alert) {
        write(
                alert,
                "MetadataAppendFailed",
                "metadata key conflicts detected (please refer to the Alert API docs and Flux RFC 0008 for more information)");
    }

    private void write(KnownAlert alert, String reason, String message) {
        KubernetesEvent event =
                new KubernetesEvent(
                        new KubernetesEvent.Involved(
                                ObjectTable.API_VERSION,
                                "Alert",
                                alert.name().namespace(),
                                alert.name().name(),
                                alert.object().metadata().uid(),
                                ""),
                        true,
                        reason,
                        message,
                        Map.of(),
                        REPORTER);
        try {
            event.write(cluster, clock.instant());
        } catch (KubernetesException e) {
            LOG.debug("an Event was refused: {}", e.getMessage());
        }
    }
}
