package dev.sluice.renderer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.events.Reason;
import dev.sluice.events.SourceId;
import dev.sluice.helm.ChartTemplates;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What the cluster says of the sources that HelmReleases take their charts from. A chart is taken
 * only from a source that has been looked at as it is now: the artifact of an older spec may hold
 * another version. Safe for use by many threads.
 */
final class ChartSources {

    /** What can be said of a source. */
    sealed interface Verdict {

        /** It holds this artifact. */
        record Ready(String digest) implements Verdict {}

        /** It has not been looked at as it is now; something will follow. */
        record Pending() implements Verdict {}

        /** It has, in vain. */
        record Failed(Reason reason, String message) implements Verdict {}
    }

    private record State(
            long generation,
            long observed,
            @Nullable Boolean ready,
            String message,
            String digest,
            JsonNode spec) {}

    private final String cluster;
    private final Map<SourceId, State> states = new ConcurrentHashMap<>();

    ChartSources(String cluster) {
        this.cluster = cluster;
    }

    /** Takes a source as the cluster has it. */
    void put(SourceId id, ObjectNode object) {
        JsonNode status = object.path("status");
        Boolean ready = null;
        String message = "";
        long observed = status.path("observedGeneration").asLong(-1);
        for (JsonNode condition : status.path("conditions")) {
            if (condition.path("type").asText().equals("Ready")) {
                ready = word(condition.path("status").asText());
                message = condition.path("message").asText();
                observed = Math.max(observed, condition.path("observedGeneration").asLong(-1));
            }
        }
        states.put(
                id,
                new State(
                        object.path("metadata").path("generation").asLong(),
                        observed,
                        ready,
                        message,
                        status.path("artifact").path("digest").asText(),
                        object.path("spec")));
    }

    private static @Nullable Boolean word(String status) {
        return switch (status) {
            case "True" -> Boolean.TRUE;
            case "False" -> Boolean.FALSE;
            default -> null;
        };
    }

    void remove(SourceId id) {
        states.remove(id);
    }

    Set<SourceId> ids(String kind) {
        Set<SourceId> ids = new HashSet<>(states.keySet());
        ids.removeIf(id -> !id.kind().equals(kind));
        return ids;
    }

    /** What a HelmRelease can take its chart from. */
    SourceId source(String namespace, String name, JsonNode spec) {
        JsonNode reference = spec.path("chartRef");
        if (reference.isObject()) {
            return new SourceId(
                    cluster,
                    reference.path("kind").asText(),
                    reference.path("namespace").asText(namespace),
                    reference.path("name").asText());
        }
        return new SourceId(
                cluster,
                ChartTemplates.KIND,
                ChartTemplates.namespace(spec, namespace),
                ChartTemplates.name(namespace, name));
    }

    /** What can be said of the source of a HelmRelease. */
    Verdict verdict(WantedDelivery wanted) {
        State state = states.get(wanted.source());
        boolean template = !wanted.spec().path("chartRef").isObject();
        if (state == null) {
            return template
                    ? new Verdict.Pending()
                    : new Verdict.Failed(
                            Reason.ARTIFACT_FAILED,
                            "could not get Source object: "
                                    + display(wanted.source())
                                    + " does not exist");
        }
        if (template && !made(state.spec(), ChartTemplates.spec(wanted.spec()))) {
            return new Verdict.Pending();
        }
        if (state.generation() != state.observed() || state.ready() == null) {
            return new Verdict.Pending();
        }
        if (!state.ready()) {
            return new Verdict.Failed(
                    Reason.SOURCE_NOT_READY,
                    display(wanted.source()) + " is not ready: " + state.message());
        }
        return state.digest().isEmpty()
                ? new Verdict.Failed(
                        Reason.SOURCE_NOT_READY,
                        display(wanted.source()) + " is not ready: does not have an artifact")
                : new Verdict.Ready(state.digest());
    }

    /** Whether the source is the one that is asked for; what others added to it does not count. */
    private static boolean made(JsonNode spec, ObjectNode asked) {
        return asked.properties().stream()
                .allMatch(field -> field.getValue().equals(spec.get(field.getKey())));
    }

    private static String display(SourceId id) {
        return id.kind() + " '" + id.namespace() + '/' + id.name() + "'";
    }
}
