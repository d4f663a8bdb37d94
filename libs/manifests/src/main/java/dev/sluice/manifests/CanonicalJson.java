package dev.sluice.manifests;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * JSON in one form: compact, UTF-8, the keys of each object sorted by their UTF-16 units. Trees
 * that hold the same have the same bytes, so digests can be compared.
 */
public final class CanonicalJson {

    private static final JsonFactory FACTORY = new JsonFactory();

    private CanonicalJson() {}

    public static byte[] bytes(JsonNode tree) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        write(tree, bytes);
        return bytes.toByteArray();
    }

    /** Writes a tree; the stream is left open. */
    static void write(JsonNode tree, OutputStream out) {
        try {
            JsonGenerator generator =
                    FACTORY.createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            write(tree, generator);
            generator.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("a tree that cannot be written as JSON", e);
        }
    }

    private static void write(JsonNode node, JsonGenerator generator) throws IOException {
        if (node.isObject()) {
            Map<String, JsonNode> sorted = new TreeMap<>();
            node.properties().forEach(field -> sorted.put(field.getKey(), field.getValue()));
            generator.writeStartObject();
            for (Map.Entry<String, JsonNode> field : sorted.entrySet()) {
                generator.writeFieldName(field.getKey());
                write(field.getValue(), generator);
            }
            generator.writeEndObject();
        } else if (node.isArray()) {
            generator.writeStartArray();
            for (JsonNode item : node) {
                write(item, generator);
            }
            generator.writeEndArray();
        } else {
            writeScalar(node, generator);
        }
    }

    /** A whole number is written as one: JSON does not tell 1 from 1.0, but the API server does. */
    private static String number(JsonNode node) {
        double value = node.doubleValue();
        boolean whole =
                !node.isIntegralNumber() && value == Math.rint(value) && Math.abs(value) < 1e15;
        return whole ? Long.toString((long) value) : node.asText();
    }

    private static void writeScalar(JsonNode node, JsonGenerator generator) throws IOException {
        switch (node.getNodeType()) {
            case STRING -> generator.writeString(node.textValue());
            case BOOLEAN -> generator.writeBoolean(node.booleanValue());
            case NUMBER -> generator.writeNumber(number(node));
            case NULL, MISSING -> generator.writeNull();
            case ARRAY, BINARY, OBJECT, POJO ->
                    throw new IllegalArgumentException("no JSON value: " + node.getNodeType());
        }
    }
}
