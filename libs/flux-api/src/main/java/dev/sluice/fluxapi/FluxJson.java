package dev.sluice.fluxapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.MutableConfigOverride;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * Turns objects of the API into records and back. Unknown fields are left out. What is absent
 * (null, an empty list or map, false where that is what absence means) is not written.
 */
public final class FluxJson {

    private static final ObjectMapper MAPPER =
            JsonMapper.builder()
                    // What a record computes (isTrue and its like) is not part of the object.
                    .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_AS_NULL)
                    .defaultPropertyInclusion(
                            JsonInclude.Value.construct(Include.NON_NULL, Include.ALWAYS))
                    .withConfigOverride(
                            List.class, override -> leaveOut(override, Include.NON_EMPTY))
                    .withConfigOverride(
                            Map.class, override -> leaveOut(override, Include.NON_EMPTY))
                    .withConfigOverride(
                            boolean.class, override -> leaveOut(override, Include.NON_DEFAULT))
                    .build();

    private FluxJson() {}

    /**
     * Reads an object, or a part of one such as a spec.
     *
     * @throws MalformedObjectException if a field does not have the type that the API gives it,
     *     which an API server that knows the definitions would have refused
     */
    public static <T extends Record> T read(JsonNode json, Class<T> type)
            throws MalformedObjectException {
        try {
            T value = MAPPER.treeToValue(json, type);
            String missing = value == null ? "everything" : Requirements.firstMissing(value);
            if (missing != null) {
                throw new MalformedObjectException(
                        type.getSimpleName() + ": " + missing + " is missing", null);
            }
            return value;
        } catch (JsonProcessingException e) {
            throw new MalformedObjectException(
                    type.getSimpleName() + ": " + e.getOriginalMessage(), e);
        }
    }

    /**
     * Writes an object or a part of one: for example a status for the status subresource. The tree
     * equals the one that is parsed from its own text.
     */
    public static ObjectNode write(Record value) {
        try {
            // Through text, since a long and an int with the same value are different nodes.
            return (ObjectNode) MAPPER.readTree(MAPPER.writeValueAsBytes(value));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void leaveOut(MutableConfigOverride override, Include what) {
        override.setInclude(JsonInclude.Value.construct(what, Include.ALWAYS));
    }
}
