package dev.sluice.renderer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Objects;

/** The parts of a spec that a build depends on. */
final class RenderInputs {

    private static final List<String> FIELDS =
            List.of(
                    "path",
                    "targetNamespace",
                    "namePrefix",
                    "nameSuffix",
                    "patches",
                    "images",
                    "components",
                    "ignoreMissingComponents",
                    "buildMetadata");

    private RenderInputs() {}

    /** Whether both specs make the same of the same tree. */
    static boolean same(JsonNode one, JsonNode other) {
        return one.has("decryption") == other.has("decryption")
                && FIELDS.stream()
                        .allMatch(field -> Objects.equals(one.get(field), other.get(field)));
    }
}
