package dev.sluice.kubernetes.health;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** The conditions in an object's status. */
final class Conditions {

    private Conditions() {}

    static @Nullable JsonNode find(ObjectNode object, String type) {
        for (JsonNode condition : object.at("/status/conditions")) {
            if (condition.path("type").asText().equals(type)) {
                return condition;
            }
        }
        return null;
    }

    static boolean isTrue(ObjectNode object, String type) {
        JsonNode condition = find(object, type);
        return condition != null && isTrue(condition, type);
    }

    static boolean isTrue(JsonNode condition, String type) {
        return condition.path("type").asText().equals(type)
                && condition.path("status").asText().equals("True");
    }
}
