package dev.sluice.notifier.provider;

import dev.sluice.events.AnnouncedObject;
import dev.sluice.events.ObjectAnnounced;
import dev.sluice.events.ObjectMarks;
import dev.sluice.events.Severity;
import dev.sluice.tls.TlsMaterial;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Notifications and services for tests. */
public final class Samples {

    public static final String COMMIT = "0c1b7a3de5b1f9d0a2c4e6f8091a2b3c4d5e6f70";
    static final Map<String, String> FACTS =
            Map.of("revision", "main@sha1:" + COMMIT, "summary", "plant 7", "env", "prod");

    private Samples() {}

    static Notification applied() {
        return notification(Severity.INFO, "ReconciliationSucceeded", "done\nall of it", FACTS);
    }

    static Notification failed() {
        return notification(Severity.ERROR, "HealthCheckFailed", "it broke", FACTS);
    }

    static Notification notification(
            Severity severity, String reason, String message, Map<String, String> facts) {
        return new Notification(
                "0192f0000000000100c3a5f7e9b1d2f4",
                announced(severity, reason, message),
                Instant.parse("2026-11-23T07:05:09.250Z"),
                new TreeMap<>(facts),
                new Notification.AlertName("team", "on-call", "a1"));
    }

    public static ObjectAnnounced announced(Severity severity, String reason, String message) {
        return new ObjectAnnounced(
                new AnnouncedObject(
                        "munich",
                        "Kustomization",
                        "team",
                        "app",
                        "kustomize.toolkit.fluxcd.io/v1",
                        "u-1",
                        "4711"),
                severity,
                reason,
                message,
                Map.of("revision", "main@sha1:" + COMMIT),
                new ObjectMarks(Map.of("tier", "web"), Map.of("owner", "platform")),
                "kustomize-controller");
    }

    static Target target(String type, String address, String token) {
        return target(type, address, "room", access("bot", token));
    }

    static Target target(String type, String address, String channel, Access access) {
        return new Target(
                type,
                "5f0d6a3e-1",
                address,
                channel,
                access,
                "kustomization/app/5f0d6a3e",
                Duration.ofSeconds(10));
    }

    static Access access(String username, String token) {
        return new Access(
                username, "", token, Map.of("X-Site", "munich"), Map.of(), "", TlsMaterial.NONE);
    }
}
