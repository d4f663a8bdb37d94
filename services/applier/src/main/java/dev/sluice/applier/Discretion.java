package dev.sluice.applier;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.manifests.KubernetesObject;
import dev.sluice.manifests.SecretValues;
import java.util.List;

/**
 * What may be told of an API server's refusal: it quotes the values that it does not like. Where a
 * delivery is decrypted, or filled in from Secrets, any value may be a secret; else those of
 * Secrets are.
 */
final class Discretion {

    private Discretion() {}

    static String tell(JsonNode spec, List<KubernetesObject> objects, String message) {
        return SecretValues.of(objects, mayHoldSecrets(spec)).hideIn(message);
    }

    private static boolean mayHoldSecrets(JsonNode spec) {
        if (spec.hasNonNull("decryption")) {
            return true;
        }
        for (JsonNode source : spec.path("postBuild").path("substituteFrom")) {
            if (source.path("kind").asText().equals("Secret")) {
                return true;
            }
        }
        return false;
    }
}
