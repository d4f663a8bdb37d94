package dev.sluice.fetcher.generator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.yaml.Document;
import dev.sluice.yaml.JsonTrees;
import dev.sluice.yaml.YamlReader;
import dev.sluice.yaml.YamlWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Merges two YAML files of one document each: maps into each other, all else is replaced. */
final class YamlMerge {

    private YamlMerge() {}

    static byte[] of(String path, byte[] before, byte[] later) throws GeneratorException {
        ObjectNode merged = read(path, before);
        merge(merged, read(path, later));
        StringBuilder text = new StringBuilder();
        YamlWriter.manifest(JsonTrees.fromJson(merged), text);
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static ObjectNode read(String path, byte[] bytes) throws GeneratorException {
        List<Document> documents;
        try {
            documents = YamlReader.MANIFEST.readAll(new String(bytes, StandardCharsets.UTF_8));
        } catch (RuntimeException e) {
            throw new GeneratorException(
                    "'%s' is not YAML and can't be merged: %s".formatted(path, e.getMessage()));
        }
        if (documents.size() != 1) {
            throw new GeneratorException(
                    "'%s' must be one YAML document to be merged".formatted(path));
        }
        try {
            return JsonTrees.toObject(documents.getFirst().root());
        } catch (RuntimeException e) {
            throw new GeneratorException("'%s' must be a YAML map to be merged".formatted(path));
        }
    }

    private static void merge(ObjectNode into, ObjectNode from) {
        for (var field : from.properties()) {
            JsonNode known = into.get(field.getKey());
            if (known instanceof ObjectNode map && field.getValue() instanceof ObjectNode more) {
                merge(map, more);
            } else {
                into.set(field.getKey(), field.getValue());
            }
        }
    }
}
