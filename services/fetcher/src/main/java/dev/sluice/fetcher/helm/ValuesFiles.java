package dev.sluice.fetcher.helm;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.fetcher.helm.BuildFailure.Reason;
import dev.sluice.helm.chart.ChartFiles;
import dev.sluice.helm.values.InvalidValuesException;
import dev.sluice.helm.values.Values;
import dev.sluice.yaml.JsonTrees;
import dev.sluice.yaml.YamlWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Values files laid over each other: they become the chart's own values.
 *
 * @param chart with its new values
 * @param used the files that were there, as the spec names them
 */
record ValuesFiles(ChartFiles chart, List<String> used) {

    private static final String VALUES = "values.yaml";

    /** Finds a file by the path of the spec; null where there is none. */
    interface Finder {
        byte @Nullable [] find(String path) throws BuildFailure;
    }

    static ValuesFiles merge(
            ChartFiles chart, List<String> paths, boolean ignoreMissing, Finder finder)
            throws BuildFailure {
        if (paths.isEmpty()) {
            return new ValuesFiles(chart, List.of());
        }
        ObjectNode merged = JsonNodeFactory.instance.objectNode();
        List<String> used = new ArrayList<>();
        for (String path : paths) {
            byte[] text = finder.find(path);
            if (text == null && ignoreMissing) {
                continue;
            }
            if (text == null) {
                throw new BuildFailure(
                        Reason.VALUES_FILES, "no values file found at path '" + path + "'");
            }
            try {
                merged =
                        Values.merge(merged, Values.read(new String(text, StandardCharsets.UTF_8)));
            } catch (InvalidValuesException e) {
                throw new BuildFailure(Reason.VALUES_FILES, path + ": " + e.getMessage());
            }
            used.add(path);
        }
        if (merged.isEmpty()) {
            return new ValuesFiles(chart, used);
        }
        String text = YamlWriter.manifest(JsonTrees.fromJson(merged));
        return new ValuesFiles(chart.with(VALUES, text.getBytes(StandardCharsets.UTF_8)), used);
    }
}
