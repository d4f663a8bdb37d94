package dev.sluice.kustomize.model;

import java.util.ArrayList;
import java.util.List;

/** What upstream says on fields that have a successor. */
final class Deprecations {

    private static final String FIX =
            "Run 'kustomize edit fix' to update your Kustomization automatically.";

    private Deprecations() {}

    static List<String> of(Values values) {
        List<String> warnings = new ArrayList<>();
        warn(values, "bases", "resources", FIX, warnings);
        warn(values, "commonLabels", "labels", FIX, warnings);
        warn(values, "imageTags", "images", FIX, warnings);
        warn(values, "patchesJson6902", "patches", FIX, warnings);
        warn(values, "patchesStrategicMerge", "patches", FIX, warnings);
        warn(values, "vars", "replacements", "[EXPERIMENTAL] " + FIX, warnings);
        return warnings;
    }

    private static void warn(
            Values values, String field, String successor, String advice, List<String> warnings) {
        if (values.has(field)) {
            warnings.add(
                    "# Warning: '"
                            + field
                            + "' is deprecated. Please use '"
                            + successor
                            + "' instead. "
                            + advice);
        }
    }
}
