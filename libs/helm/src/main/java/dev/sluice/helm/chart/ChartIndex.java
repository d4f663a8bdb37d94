package dev.sluice.helm.chart;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.helm.version.Version;
import dev.sluice.helm.version.VersionRange;
import dev.sluice.yaml.JsonTrees;
import dev.sluice.yaml.YamlException;
import dev.sluice.yaml.YamlReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The index of a chart repository: which charts it has in which versions. Kept as JSON, which is
 * YAML too, and much quicker to read.
 */
public final class ChartIndex {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ObjectNode tree;

    private ChartIndex(ObjectNode tree) {
        this.tree = tree;
    }

    /**
     * One version of a chart.
     *
     * @param digest sha256 of the archive in hex; empty where the index does not say
     * @param urls absolute, or relative to the repository
     */
    public record Entry(String name, String version, String digest, List<String> urls) {
        public Entry {
            urls = List.copyOf(urls);
        }
    }

    /**
     * Reads an index, YAML or JSON.
     *
     * @throws ChartException where it is none
     */
    public static ChartIndex read(byte[] text) throws ChartException {
        ObjectNode tree = tree(text);
        if (tree.path("apiVersion").asText().isEmpty()) {
            throw new ChartException("the index has no apiVersion");
        }
        if (tree.has("entries")
                && !tree.path("entries").isObject()
                && !tree.path("entries").isNull()) {
            throw new ChartException("the entries of the index are no map");
        }
        return new ChartIndex(tree);
    }

    private static ObjectNode tree(byte[] text) throws ChartException {
        if (text.length > 0 && text[0] == '{') {
            try {
                if (JSON.readTree(text) instanceof ObjectNode tree) {
                    return tree;
                }
            } catch (IOException e) {
                // Perhaps it is YAML that begins like that.
            }
        }
        try {
            if (JsonTrees.toJson11(YamlReader.MANIFEST.read(text)) instanceof ObjectNode tree) {
                return tree;
            }
        } catch (YamlException e) {
            throw new ChartException(
                    "the index is not valid YAML: line " + e.line() + ": " + e.getMessage());
        }
        throw new ChartException("the index is no map");
    }

    /** As it is stored. */
    public byte[] toJson() {
        try {
            return JSON.writeValueAsBytes(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The versions of a chart, in the order of the index; none for a chart that it does not have.
     */
    public List<Entry> versions(String chart) {
        List<Entry> versions = new ArrayList<>();
        for (JsonNode entry : tree.path("entries").path(chart)) {
            List<String> urls = new ArrayList<>();
            entry.path("urls").forEach(url -> urls.add(url.asText()));
            String version = entry.path("version").asText();
            if (!version.isEmpty() && !urls.isEmpty()) {
                versions.add(new Entry(chart, version, entry.path("digest").asText(), urls));
            }
        }
        return versions;
    }

    /** An exact version as it is written, else the highest that the range contains. */
    public static Optional<Entry> best(List<Entry> entries, String range) {
        Optional<Entry> exact =
                entries.stream().filter(entry -> entry.version().equals(range)).findFirst();
        if (exact.isPresent()) {
            return exact;
        }
        Optional<VersionRange> wanted = VersionRange.parse(range.isEmpty() ? "*" : range);
        Map<Entry, Version> matching = new LinkedHashMap<>();
        for (Entry entry : entries) {
            Version.parse(entry.version())
                    .filter(version -> wanted.isPresent() && wanted.get().contains(version))
                    .ifPresent(version -> matching.putIfAbsent(entry, version));
        }
        return matching.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey);
    }

    /** Whether the index knows the chart at all. */
    public boolean has(String chart) {
        return tree.path("entries").has(chart);
    }
}
