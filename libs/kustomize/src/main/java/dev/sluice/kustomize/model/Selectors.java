package dev.sluice.kustomize.model;

import dev.sluice.kustomize.fields.FieldSpec;
import dev.sluice.kustomize.resource.Gvk;
import dev.sluice.kustomize.resource.Selector;
import java.util.List;

/** Reads what several parts of a kustomization file share: kinds, selectors and field specs. */
final class Selectors {

    private Selectors() {}

    static Gvk gvk(Values values) {
        return new Gvk(values.text("group"), values.text("version"), values.text("kind"));
    }

    static Selector of(Values values) {
        return new Selector(
                gvk(values),
                values.text("name"),
                values.text("namespace"),
                values.text("labelSelector"),
                values.text("annotationSelector"));
    }

    static FieldSpec fieldSpec(Values values) {
        Gvk gvk = gvk(values);
        return new FieldSpec(
                gvk.equals(Gvk.ANY) ? Gvk.ANY : gvk, values.text("path"), values.flag("create"));
    }

    static List<FieldSpec> fieldSpecs(Values values, String field) {
        return values.structs(field).stream().map(Selectors::fieldSpec).toList();
    }
}
