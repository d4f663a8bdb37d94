package dev.sluice.notifier.provider;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.events.AnnouncedObject;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What CDEvents (cdevents.dev, version 0.4) calls the outcomes that are announced: deliveries are
 * services, clusters are environments, a new revision of a source is a change or an artifact, what
 * fails is an incident. What is under way has no word there.
 */
final class CdEvents {

    static final String VERSION = "0.4.1";

    /** Where a type, dev.cdevents.SUBJECT.PREDICATE.VERSION, says what it is about. */
    private static final int SUBJECT = 2;

    private static final Set<String> DELIVERIES = Set.of("Kustomization", "HelmRelease");
    private static final String NEW_ARTIFACT = "NewArtifact";
    private static final Map<String, String> OF_REASONS =
            Map.of(
                    "ReconciliationSucceeded", "service.upgraded",
                    "InstallSucceeded", "service.deployed",
                    "UpgradeSucceeded", "service.upgraded",
                    "RollbackSucceeded", "service.rolledback",
                    "UninstallSucceeded", "service.removed");

    private CdEvents() {}

    /** The type, such as {@code dev.cdevents.service.upgraded.0.2.0}; empty where there is none. */
    static Optional<String> type(Notification notification) {
        return what(notification).map(what -> "dev.cdevents." + what + ".0.2.0");
    }

    private static Optional<String> what(Notification notification) {
        String reason = notification.announced().reason();
        if (notification.isError()) {
            return Optional.of("incident.detected");
        }
        if (DELIVERIES.contains(notification.object().kind())) {
            return Optional.ofNullable(OF_REASONS.get(reason));
        }
        if (!reason.equals(NEW_ARTIFACT)) {
            return Optional.empty();
        }
        return Optional.of(
                notification.object().kind().equals("GitRepository")
                        ? "change.merged"
                        : "artifact.published");
    }

    /** The whole event. */
    static ObjectNode event(Notification notification, String type) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.putObject("context")
                .put("version", VERSION)
                .put("id", notification.id())
                .put("source", source(notification))
                .put("type", type)
                .put("timestamp", notification.at().toString());
        AnnouncedObject about = notification.object();
        ObjectNode subject = event.putObject("subject");
        subject.put("id", subjectId(notification, type))
                .put("source", source(notification))
                .put("type", type.split("\\.", -1)[SUBJECT]);
        ObjectNode content = subject.putObject("content");
        ObjectNode environment = JsonNodeFactory.instance.objectNode().put("id", about.cluster());
        if (type.contains(".service.")) {
            content.set("environment", environment);
            // The schema of a removal allows none, those of the others ask for one.
            if (!type.contains(".removed.")) {
                content.put("artifactId", artifact(notification));
            }
        } else if (type.contains(".incident.")) {
            content.put("description", notification.announced().message());
            content.set("environment", environment);
            content.putObject("service").put("id", about.toString());
            if (!revision(notification).isEmpty()) {
                content.put("artifactId", artifact(notification));
            }
        } else if (type.contains(".change.")) {
            content.putObject("repository").put("id", about.toString());
        }
        event.set("customData", notification.json());
        event.put("customDataContentType", "application/json");
        return event;
    }

    private static String source(Notification notification) {
        return "/sluice/" + notification.object().cluster();
    }

    private static String subjectId(Notification notification, String type) {
        String object = notification.object().toString();
        if (type.contains(".artifact.")) {
            return artifact(notification);
        }
        if (type.contains(".incident.")) {
            return object + '/' + notification.announced().reason();
        }
        String revision = revision(notification);
        return type.contains(".change.") && !revision.isEmpty() ? revision : object;
    }

    /** A package URL of what was delivered: with the revision of the source, where it is known. */
    private static String artifact(Notification notification) {
        String revision = revision(notification);
        return "pkg:generic/"
                + Repository.segment(notification.object().namespace())
                + '/'
                + Repository.segment(notification.object().name())
                + (revision.isEmpty() ? "" : '@' + Repository.segment(revision));
    }

    private static String revision(Notification notification) {
        return notification.metadata().getOrDefault("revision", "");
    }
}
