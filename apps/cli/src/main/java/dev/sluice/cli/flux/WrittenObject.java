package dev.sluice.cli.flux;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.fluxapi.GoDuration;
import java.util.List;
import java.util.Set;

/** Objects as one would write them for Git: what the cluster added is left out. */
public final class WrittenObject {

    /** Annotations that say what happened, not what is wanted. */
    private static final Set<String> OF_THE_MOMENT =
            Set.of(
                    "reconcile.fluxcd.io/requestedAt",
                    "reconcile.fluxcd.io/forceAt",
                    "reconcile.fluxcd.io/resetAt",
                    "kubectl.kubernetes.io/last-applied-configuration");

    /** False is what all else is where nothing is said. */
    private static final Set<String> MEANT = Set.of("prune", "persistentClient");

    private static final List<String> DURATIONS = List.of("interval", "timeout", "retryInterval");

    /** Where durations of Flux kinds are; the same names elsewhere are the users' own words. */
    private static final List<String> WITH_DURATIONS =
            List.of(
                    "/spec",
                    "/spec/chart/spec",
                    "/spec/install",
                    "/spec/install/strategy",
                    "/spec/upgrade",
                    "/spec/upgrade/strategy",
                    "/spec/rollback",
                    "/spec/uninstall",
                    "/spec/test");

    private WrittenObject() {}

    /**
     * @param live as the API server gives it, which leaves out the first two fields in lists
     */
    public static ObjectNode of(JsonNode live, String apiVersion, String kind) {
        ObjectNode written = JsonNodeFactory.instance.objectNode();
        written.put("apiVersion", apiVersion).put("kind", kind);
        written.set("metadata", metadata(live.path("metadata")));
        live.properties().stream()
                .filter(field ->
                        !Set.of("apiVersion", "kind", "metadata", "status")
                                .contains(field.getKey()))
                .forEach(field -> written.set(field.getKey(), field.getValue().deepCopy()));
        if (written.path("spec") instanceof ObjectNode spec) {
            spec.properties().removeIf(field -> isUnsaid(field.getKey(), field.getValue()));
        }
        WITH_DURATIONS.forEach(at -> writeDurations(written.at(at)));
        return written;
    }

    private static ObjectNode metadata(JsonNode live) {
        ObjectNode metadata = JsonNodeFactory.instance.objectNode();
        for (String field : List.of("name", "namespace", "labels", "annotations")) {
            JsonNode value = live.path(field);
            if (!value.isMissingNode()) {
                metadata.set(field, value.deepCopy());
            }
        }
        if (metadata.get("annotations") instanceof ObjectNode annotations) {
            annotations.remove(OF_THE_MOMENT);
            if (annotations.isEmpty()) {
                metadata.remove("annotations");
            }
        }
        return metadata;
    }

    private static boolean isUnsaid(String field, JsonNode value) {
        return value.isBoolean() && !value.asBoolean() && !MEANT.contains(field);
    }

    /** {@code 10m} is {@code 10m0s} then: flux reads durations and prints them again. */
    private static void writeDurations(JsonNode within) {
        if (within instanceof ObjectNode object) {
            for (String field : DURATIONS) {
                if (object.path(field).isTextual()) {
                    object.put(field, printed(object.path(field).asText()));
                }
            }
        }
    }

    private static String printed(String duration) {
        try {
            return GoDuration.parse(duration).toString();
        } catch (IllegalArgumentException e) {
            // What no controller could read is told as it stands.
            return duration;
        }
    }
}
