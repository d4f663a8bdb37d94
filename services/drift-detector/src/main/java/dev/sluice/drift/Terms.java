package dev.sluice.drift;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.kubernetes.apply.IgnoredFields;
import dev.sluice.kubernetes.target.RemoteReference;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a delivery says about drift of its objects.
 *
 * @param remote the other cluster that its objects are in; empty for its own
 * @param held whether nothing is to be done for it now: suspended, on its way out, or a release
 *     that is not ready
 * @param policy what becomes of drift
 * @param ignored fields that others may change
 */
record Terms(
        Optional<RemoteReference> remote,
        boolean held,
        Policy policy,
        List<IgnoredFields> ignored) {

    /** The annotation of a Kustomization that says it. */
    static final String POLICY = "sluice.dev/drift";

    /** What becomes of drift. */
    enum Policy {
        CORRECT,
        /** Told once, and left. */
        WARN,
        IGNORE;

        static Policy of(String text) {
            return switch (text.strip().toLowerCase(Locale.ROOT)) {
                case "warn" -> WARN;
                case "ignore" -> IGNORE;
                default -> CORRECT;
            };
        }
    }

    static Terms ofKustomization(ObjectNode kustomization) {
        return new Terms(
                remote(kustomization),
                isHeld(kustomization),
                Policy.of(kustomization.at("/metadata/annotations").path(POLICY).asText()),
                IgnoredFields.parse(kustomization.at("/spec/ignore")));
    }

    /** While Helm is at work, or has failed, the objects are not what was recorded. */
    static Terms ofHelmRelease(ObjectNode release) {
        JsonNode detection = release.at("/spec/driftDetection");
        return new Terms(
                remote(release),
                isHeld(release) || !isReady(release),
                switch (detection.path("mode").asText()) {
                    case "enabled" -> Policy.CORRECT;
                    case "warn" -> Policy.WARN;
                    default -> Policy.IGNORE;
                },
                IgnoredFields.parse(detection.path("ignore")));
    }

    private static Optional<RemoteReference> remote(ObjectNode delivery) {
        return RemoteReference.of(
                delivery.at("/metadata/namespace").asText(), delivery.at("/spec/kubeConfig"));
    }

    private static boolean isHeld(ObjectNode delivery) {
        return delivery.at("/spec/suspend").asBoolean()
                || delivery.path("metadata").hasNonNull("deletionTimestamp");
    }

    private static boolean isReady(ObjectNode delivery) {
        for (JsonNode condition : delivery.at("/status/conditions")) {
            if (condition.path("type").asText().equals("Ready")) {
                return condition.path("status").asText().equals("True");
            }
        }
        return false;
    }

    boolean judged() {
        return !held && policy != Policy.IGNORE;
    }
}
