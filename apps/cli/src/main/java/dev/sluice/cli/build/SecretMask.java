package dev.sluice.cli.build;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.manifests.SecretValues;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Takes the values out of Secrets before they are compared for people: keys are shown, no more. */
final class SecretMask {

    private static final String SAME = SecretValues.SHOWN;

    private SecretMask() {}

    /** Changes both. */
    static void hide(ObjectNode before, ObjectNode after) {
        for (String field : List.of("data", "stringData")) {
            JsonNode one = before.path(field);
            JsonNode other = after.path(field);
            Set<String> keys = new TreeSet<>();
            one.fieldNames().forEachRemaining(keys::add);
            other.fieldNames().forEachRemaining(keys::add);
            for (String key : keys) {
                boolean same =
                        one.path(key).equals(other.path(key))
                                || other.path(key)
                                        .asText()
                                        .equals(KustomizationPreview.ENCODED_MARK);
                put(one, key, same ? SAME : SAME + " (before)");
                put(other, key, same ? SAME : SAME + " (after)");
            }
        }
        hideLastApplied(before);
        hideLastApplied(after);
    }

    private static void put(JsonNode entries, String key, String value) {
        if (entries instanceof ObjectNode map && map.has(key)) {
            map.put(key, value);
        }
    }

    /** What kubectl keeps of an applied Secret holds its values, too. */
    private static void hideLastApplied(ObjectNode object) {
        String annotation = "kubectl.kubernetes.io/last-applied-configuration";
        put(object.at("/metadata/annotations"), annotation, SAME);
    }
}
