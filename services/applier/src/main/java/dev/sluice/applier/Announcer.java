package dev.sluice.applier;

import dev.sluice.applier.announce.Announcements;
import dev.sluice.events.AnnouncedObject;
import dev.sluice.events.ObjectAnnounced;
import dev.sluice.events.ObjectMarks;
import dev.sluice.events.Reason;
import dev.sluice.events.Severity;
import dev.sluice.fluxapi.Groups;
import dev.sluice.fluxapi.Metadata;
import dev.sluice.fluxapi.kustomize.Kustomization;
import dev.sluice.kubernetes.Cluster;
import dev.sluice.pipeline.EventSender;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/** Says what happened to Kustomizations, to Alerts and as Kubernetes Events. */
final class Announcer implements AutoCloseable {

    private static final String REPORTER = "kustomize-controller";

    private final String clusterName;
    private final Announcements announcements;

    /**
     * @param clusterName the name that the operator gave to the cluster
     * @param announced writes to {@code sluice.announcements}
     */
    Announcer(Cluster cluster, String clusterName, EventSender announced, Clock clock) {
        this.clusterName = clusterName;
        announcements = new Announcements(cluster, Groups.KUSTOMIZE, announced, clock);
    }

    void start() {
        announcements.start();
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
        announcements.tell(
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
                        REPORTER));
    }

    @Override
    public void close() {
        announcements.close();
    }
}
