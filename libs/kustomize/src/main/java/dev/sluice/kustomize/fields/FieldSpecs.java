package dev.sluice.kustomize.fields;

import dev.sluice.kustomize.api.BuildException;
import java.util.ArrayList;
import java.util.List;

/** Merges lists of field specs. */
public final class FieldSpecs {

    private FieldSpecs() {}

    /**
     * The one list with what is new in the other.
     *
     * @throws BuildException where both have a field and do not agree whether to create it
     */
    public static List<FieldSpec> merge(List<FieldSpec> known, List<FieldSpec> incoming)
            throws BuildException {
        if (incoming.isEmpty()) {
            return known;
        }
        List<FieldSpec> merged = new ArrayList<>(known);
        for (FieldSpec spec : incoming) {
            int index = indexOf(merged, spec);
            if (index < 0) {
                merged.add(spec);
            } else if (merged.get(index).create() != spec.create()) {
                throw new BuildException("conflicting fieldspecs");
            }
        }
        return merged;
    }

    private static int indexOf(List<FieldSpec> specs, FieldSpec wanted) {
        for (int i = 0; i < specs.size(); i++) {
            if (specs.get(i).covers(wanted)) {
                return i;
            }
        }
        return -1;
    }
}
