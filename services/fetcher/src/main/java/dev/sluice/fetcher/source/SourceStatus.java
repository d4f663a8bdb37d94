package dev.sluice.fetcher.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.fluxapi.Absent;
import dev.sluice.fluxapi.Artifact;
import dev.sluice.fluxapi.Condition;
import dev.sluice.fluxapi.FluxJson;
import dev.sluice.fluxapi.MalformedObjectException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The status of a source: what all kinds share, and what one kind adds.
 *
 * @param observed the fields that the kind adds, for example {@code observedIgnore}; not to be
 *     changed
 */
public record SourceStatus(
        @Nullable Long observedGeneration,
        @Nullable String lastHandledReconcileAt,
        List<Condition> conditions,
        @Nullable Artifact artifact,
        ObjectNode observed) {

    /** Of an object that nobody has looked at. */
    public static final SourceStatus NONE =
            new SourceStatus(null, null, List.of(), null, JsonNodeFactory.instance.objectNode());

    public SourceStatus {
        conditions = List.copyOf(conditions);
    }

    /** What all kinds share. */
    public record Shared(
            @Nullable Long observedGeneration,
            @Nullable String lastHandledReconcileAt,
            List<Condition> conditions,
            @Nullable Artifact artifact) {
        public Shared {
            conditions = Absent.list(conditions);
        }
    }

    static SourceStatus read(JsonNode status) throws MalformedObjectException {
        if (!(status instanceof ObjectNode fields)) {
            return NONE;
        }
        Shared shared = FluxJson.read(fields, Shared.class);
        ObjectNode observed = fields.deepCopy();
        FluxJson.write(shared).fieldNames().forEachRemaining(observed::remove);
        return new SourceStatus(
                shared.observedGeneration(),
                shared.lastHandledReconcileAt(),
                shared.conditions(),
                shared.artifact(),
                observed);
    }

    /** As the API server is given it. */
    public ObjectNode write() {
        ObjectNode fields =
                FluxJson.write(
                        new Shared(
                                observedGeneration, lastHandledReconcileAt, conditions, artifact));
        fields.setAll(observed.deepCopy());
        return fields;
    }
}
