package dev.sluice.applier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.fluxapi.FluxJson;
import dev.sluice.fluxapi.kustomize.KustomizationStatus;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The JSON merge patch that leads from one status to another, for the status subresource. Fields
 * are compared whole: lists are replaced, never merged.
 */
final class StatusPatch {

    private StatusPatch() {}

    /**
     * @param uid of the object that is meant: another one of the same name refuses the patch
     * @return empty where the statuses are equal
     */
    static Optional<ObjectNode> between(
            @Nullable KustomizationStatus before, KustomizationStatus after, String uid) {
        ObjectNode old =
                before == null ? JsonNodeFactory.instance.objectNode() : FluxJson.write(before);
        ObjectNode fresh = FluxJson.write(after);
        ObjectNode changes = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> field : fresh.properties()) {
            if (!field.getValue().equals(old.get(field.getKey()))) {
                changes.set(field.getKey(), field.getValue());
            }
        }
        for (Iterator<String> names = old.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!fresh.has(name)) {
                changes.putNull(name);
            }
        }
        if (changes.isEmpty()) {
            return Optional.empty();
        }
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        patch.putObject("metadata").put("uid", uid);
        patch.set("status", changes);
        return Optional.of(patch);
    }
}
