package dev.sluice.helm.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.yaml.JsonTrees;
import dev.sluice.yaml.YamlException;
import dev.sluice.yaml.YamlReader;
import dev.sluice.yaml.YamlWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a chart says about itself.
 *
 * @param dependencies of {@code Chart.yaml}, or of {@code requirements.yaml} in charts of the first
 *     API version
 */
public record ChartMetadata(
        String name, String version, String appVersion, List<Dependency> dependencies) {

    /** The name of its file. */
    public static final String FILE = "Chart.yaml";

    private static final String REQUIREMENTS = "requirements.yaml";

    /**
     * Another chart that is part of this one.
     *
     * @param version a range
     * @param repository where it comes from; empty where it must lie in {@code charts/}
     */
    public record Dependency(String name, String version, String repository) {}

    public ChartMetadata {
        dependencies = List.copyOf(dependencies);
    }

    /**
     * Reads the metadata of a chart.
     *
     * @throws ChartException where there is none, or it lacks a name or version
     */
    public static ChartMetadata of(ChartFiles chart) throws ChartException {
        return of(chart.all());
    }

    public static ChartMetadata of(Map<String, byte[]> files) throws ChartException {
        byte[] text = files.get(FILE);
        if (text == null) {
            throw new ChartException("no " + FILE + " in the chart");
        }
        ObjectNode tree = tree(text, FILE);
        byte[] requirements = files.get(REQUIREMENTS);
        JsonNode list = tree.path("dependencies");
        if (list.isMissingNode() && requirements != null) {
            list = tree(requirements, REQUIREMENTS).path("dependencies");
        }
        String name = tree.path("name").asText();
        String version = tree.path("version").asText();
        if (name.isEmpty() || name.contains("/") || name.contains("..")) {
            throw new ChartException(FILE + ": the name '" + name + "' is no name of a chart");
        }
        if (version.isEmpty()) {
            throw new ChartException(FILE + ": there is no version");
        }
        return new ChartMetadata(
                name, version, tree.path("appVersion").asText(), dependencies(list));
    }

    private static List<Dependency> dependencies(JsonNode list) {
        List<Dependency> all = new ArrayList<>();
        for (JsonNode each : list) {
            all.add(
                    new Dependency(
                            each.path("name").asText(),
                            each.path("version").asText(),
                            each.path("repository").asText()));
        }
        return all;
    }

    /** The chart's files with another version in its metadata. */
    public static ChartFiles withVersion(ChartFiles chart, String version) throws ChartException {
        byte[] text = chart.all().get(FILE);
        if (text == null) {
            throw new ChartException("no " + FILE + " in the chart");
        }
        ObjectNode tree = tree(text, FILE);
        if (version.equals(tree.path("version").asText())) {
            return chart;
        }
        tree.put("version", version);
        String written = YamlWriter.manifest(JsonTrees.fromJson(tree));
        return chart.with(FILE, written.getBytes(StandardCharsets.UTF_8));
    }

    private static ObjectNode tree(byte[] text, String file) throws ChartException {
        try {
            if (JsonTrees.toJson11(YamlReader.KUSTOMIZATION.read(text))
                    instanceof ObjectNode tree) {
                return tree;
            }
        } catch (YamlException e) {
            throw new ChartException(
                    file + ": line " + e.line() + " is not valid YAML: " + e.getMessage());
        }
        throw new ChartException(file + " is no map");
    }
}
