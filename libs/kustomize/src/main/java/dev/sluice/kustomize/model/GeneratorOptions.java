package dev.sluice.kustomize.model;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What generated ConfigMaps and Secrets get beside their data. */
public record GeneratorOptions(
        Map<String, String> labels,
        Map<String, String> annotations,
        boolean disableNameSuffixHash,
        boolean immutable) {

    public static final GeneratorOptions NONE =
            new GeneratorOptions(Map.of(), Map.of(), false, false);

    static GeneratorOptions of(@Nullable Values values) {
        return values == null
                ? NONE
                : new GeneratorOptions(
                        values.textMap("labels"),
                        values.textMap("annotations"),
                        values.flag("disableNameSuffixHash"),
                        values.flag("immutable"));
    }

    /**
     * These options with those for all generators below them: own labels win, and what is switched
     * on anywhere is on.
     */
    public GeneratorOptions over(GeneratorOptions global) {
        return new GeneratorOptions(
                merge(global.labels, labels),
                merge(global.annotations, annotations),
                disableNameSuffixHash || global.disableNameSuffixHash,
                immutable || global.immutable);
    }

    private static Map<String, String> merge(Map<String, String> below, Map<String, String> above) {
        Map<String, String> merged = new LinkedHashMap<>(below);
        merged.putAll(above);
        return merged;
    }
}
