package dev.sluice.drift;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/**
 * What a Kustomization says about drift of its objects.
 *
 * @param remote whether its objects are in another cluster
 * @param suspended whether nothing is to be done for it now
 * @param deleting whether it is on its way out
 * @param ignored whether drift of its objects is of no interest (annotation {@value #POLICY})
 */
record Terms(boolean remote, boolean suspended, boolean deleting, boolean ignored) {

    static final String POLICY = "sluice.dev/drift";

    static Terms of(ObjectNode kustomization) {
        String policy = kustomization.at("/metadata/annotations").path(POLICY).asText();
        return new Terms(
                kustomization.at("/spec/kubeConfig").isObject(),
                kustomization.at("/spec/suspend").asBoolean(),
                kustomization.path("metadata").hasNonNull("deletionTimestamp"),
                policy.toLowerCase(Locale.ROOT).equals("ignore"));
    }

    boolean judged() {
        return !suspended && !deleting && !ignored;
    }
}
