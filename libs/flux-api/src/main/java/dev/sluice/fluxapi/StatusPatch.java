package dev.sluice.fluxapi;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The JSON merge patches that lead from one status to another, for the status subresource. Fields
 * are compared whole: lists are replaced, never merged. They name the uid of the object that is
 * meant: another one that came after it under the same name refuses them.
 */
public final class StatusPatch {

    private StatusPatch() {}

    /**
     * What changed alone.
     *
     * @return empty where the statuses are equal
     */
    public static Optional<ObjectNode> between(@Nullable Record before, Record after, String uid) {
        ObjectNode old =
                before == null ? JsonNodeFactory.instance.objectNode() : FluxJson.write(before);
        ObjectNode fields = over(old, FluxJson.write(after));
        fields.properties().removeIf(field -> field.getValue().equals(old.get(field.getKey())));
        return fields.isEmpty() ? Optional.empty() : Optional.of(of(fields, uid));
    }

    /** All of it, whatever the object has meanwhile. */
    public static ObjectNode whole(ObjectNode before, ObjectNode after, String uid) {
        return of(over(before, after), uid);
    }

    /** Fields that the new one lacks are taken away. */
    private static ObjectNode over(ObjectNode old, ObjectNode fresh) {
        ObjectNode fields = fresh.deepCopy();
        old.fieldNames()
                .forEachRemaining(name -> {
                    if (!fields.has(name)) {
                        fields.putNull(name);
                    }
                });
        return fields;
    }

    private static ObjectNode of(ObjectNode status, String uid) {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        patch.putObject("metadata").put("uid", uid);
        patch.set("status", status);
        return patch;
    }
}
