package dev.sluice.applier.helm;

import dev.sluice.applier.announce.Announcements;
import dev.sluice.events.AnnouncedObject;
import dev.sluice.events.ObjectAnnounced;
import dev.sluice.events.ObjectMarks;
import dev.sluice.events.Severity;
import dev.sluice.fluxapi.Groups;
import dev.sluice.fluxapi.Metadata;
import dev.sluice.fluxapi.helm.HelmRelease;
import dev.sluice.kubernetes.Cluster;
import dev.sluice.pipeline.EventSender;
import java.time.Clock;
import java.util.Map;

/** Says what happened to HelmReleases, to Alerts and as Kubernetes Events. */
public final class HelmEvents implements AutoCloseable {

    private static final String REPORTER = "helm-controller";

    private final String clusterName;
    private final Announcements announcements;

    /**
     * @param clusterName the name that the operator gave to the cluster
     * @param announced writes to {@code sluice.announcements}
     */
    public HelmEvents(Cluster cluster, String clusterName, EventSender announced, Clock clock) {
        this.clusterName = clusterName;
        announcements = new Announcements(cluster, Groups.HELM, announced, clock);
    }

    public void start() {
        announcements.start();
    }

    void say(
            HelmRelease object,
            boolean warning,
            String reason,
            String message,
            Map<String, String> facts) {
        Metadata metadata = object.metadata();
        announcements.tell(
                new ObjectAnnounced(
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
                        facts,
                        ObjectMarks.of(metadata.labels(), metadata.annotations()),
                        REPORTER));
    }

    @Override
    public void close() {
        announcements.close();
    }
}
