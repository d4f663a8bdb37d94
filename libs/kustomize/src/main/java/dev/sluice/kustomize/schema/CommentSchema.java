package dev.sluice.kustomize.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.yaml.JsonTrees;
import dev.sluice.yaml.Node;
import dev.sluice.yaml.YamlException;
import org.jspecify.annotations.Nullable;

/** Reads the schema that a comment may hold. */
final class CommentSchema {
    private static final ObjectReader JSON =
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build()
                    .reader();

    private CommentSchema() {}

    static @Nullable TypeSchema read(String comment, SchemaSet set) {
        int start = 0;
        while (start < comment.length() && comment.charAt(start) == '#') {
            start++;
        }
        String text = comment.substring(start).strip();
        if (!text.startsWith("{")) {
            return null;
        }
        try {
            JsonNode json = JSON.readTree(text);
            if (json.isEmpty()) {
                return null;
            }
            Node schema = JsonTrees.fromJson(json);
            return SwaggerReader.single(schema, set);
        } catch (JsonProcessingException | YamlException _) {
            return null;
        }
    }
}
