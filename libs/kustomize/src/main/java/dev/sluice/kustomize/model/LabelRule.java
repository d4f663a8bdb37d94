package dev.sluice.kustomize.model;

import dev.sluice.kustomize.fields.FieldSpec;
import java.util.List;
import java.util.Map;

/**
 * An entry of {@code labels}.
 *
 * @param pairs what to set
 * @param fields where else to set it
 */
public record LabelRule(
        Map<String, String> pairs,
        boolean includeSelectors,
        boolean includeTemplates,
        boolean includeVolumeClaimTemplates,
        List<FieldSpec> fields) {

    static LabelRule of(Values values) {
        return new LabelRule(
                values.textMap("pairs"),
                values.flag("includeSelectors"),
                values.flag("includeTemplates"),
                values.flag("includeVolumeClaimTemplates"),
                Selectors.fieldSpecs(values, "fields"));
    }
}
