package dev.sluice.fetcher.oci;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The manifest of an artifact.
 *
 * @param digest of its bytes
 * @param config what describes the artifact
 */
public record Manifest(
        String digest, Layer config, List<Layer> layers, Map<String, String> annotations) {

    static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_LAYERS = 1000;

    public Manifest {
        layers = List.copyOf(layers);
    }

    /** A blob that a manifest names. */
    public record Layer(
            String mediaType, String digest, long size, Map<String, String> annotations) {}

    /** Reads a manifest of an artifact or image. */
    static Manifest read(String digest, byte[] bytes) throws IOException {
        JsonNode tree = tree(bytes);
        JsonNode layers = tree.path("layers");
        if (!layers.isArray() || layers.size() > MAX_LAYERS) {
            throw new IOException(digest + " is not the manifest of an artifact");
        }
        List<Layer> read = new ArrayList<>();
        for (JsonNode layer : layers) {
            read.add(layer(layer));
        }
        return new Manifest(
                digest, layer(tree.path("config")), read, annotations(tree.path("annotations")));
    }

    /** Of an index: the manifest for Linux on amd64, or the only one; empty if it is no index. */
    static String chosen(byte[] bytes) throws IOException {
        JsonNode manifests = tree(bytes).path("manifests");
        if (!manifests.isArray()) {
            return "";
        }
        for (JsonNode manifest : manifests) {
            JsonNode platform = manifest.path("platform");
            boolean fits =
                    manifests.size() == 1
                            || (platform.path("os").asText("").equals("linux")
                                    && platform.path("architecture").asText("").equals("amd64"));
            if (fits) {
                return layer(manifest).digest();
            }
        }
        throw new IOException("the index has no manifest for linux/amd64");
    }

    static JsonNode tree(byte[] bytes) throws IOException {
        try {
            return JSON.readTree(bytes);
        } catch (JacksonException e) {
            throw new IOException("the registry's answer is not JSON");
        }
    }

    private static Layer layer(JsonNode node) throws IOException {
        String digest = node.path("digest").asText("");
        long size = node.path("size").asLong(-1);
        if (!DIGEST.matcher(digest).matches() || size < 0) {
            throw new IOException("the manifest names a blob without a digest or a size");
        }
        return new Layer(
                node.path("mediaType").asText(""),
                digest,
                size,
                annotations(node.path("annotations")));
    }

    private static Map<String, String> annotations(JsonNode node) {
        Map<String, String> annotations = new LinkedHashMap<>();
        node.properties().forEach(e -> annotations.put(e.getKey(), e.getValue().asText("")));
        return annotations;
    }
}
