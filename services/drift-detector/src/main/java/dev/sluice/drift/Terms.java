package dev.sluice.drift;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.kubernetes.apply.IgnoredFields;
import dev.sluice.kubernetes.target.RemoteReference;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a Kustomization says about drift of its objects.
 *
 * @param remote the other cluster that its objects are in; empty for its own
 * @param held whether nothing is to be done for it now: suspended, or on its way out
 * @param policy what becomes of drift (annotation {@value #POLICY})
 * @param ignored fields that others may change
 */
record Terms(
        Optional<RemoteReference> remote,
        boolean held,
        Policy policy,
        List<IgnoredFields> ignored) {

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

    static Terms of(ObjectNode kustomization) {
        String namespace = kustomization.at("/metadata/namespace").asText();
        return new Terms(
                RemoteReference.of(namespace, kustomization.at("/spec/kubeConfig")),
                kustomization.at("/spec/suspend").asBoolean()
                        || kustomization.path("metadata").hasNonNull("deletionTimestamp"),
                Policy.of(kustomization.at("/metadata/annotations").path(POLICY).asText()),
                IgnoredFields.parse(kustomization.at("/spec/ignore")));
    }

    boolean judged() {
        return !held && policy != Policy.IGNORE;
    }
}
