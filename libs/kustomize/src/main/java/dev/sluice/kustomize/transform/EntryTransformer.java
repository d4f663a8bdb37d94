package dev.sluice.kustomize.transform;

import dev.sluice.kustomize.api.BuildException;
import dev.sluice.kustomize.fields.CodePoints;
import dev.sluice.kustomize.fields.FieldSpec;
import dev.sluice.kustomize.fields.FieldWalker;
import dev.sluice.kustomize.fields.Fields;
import dev.sluice.kustomize.resource.Resource;
import dev.sluice.kustomize.resource.ResourceSet;
import dev.sluice.yaml.Kind;
import dev.sluice.yaml.Node;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Sets labels or annotations. */
public final class EntryTransformer implements Transformer {

    private final SortedMap<String, String> entries = new TreeMap<>(CodePoints.ORDER);
    private final List<FieldSpec> specs;

    /**
     * @param entries keys and values to set
     * @param specs the mappings to set them in
     */
    public EntryTransformer(Map<String, String> entries, List<FieldSpec> specs) {
        this.entries.putAll(entries);
        this.specs = specs;
    }

    @Override
    public void transform(ResourceSet resources) throws BuildException {
        if (entries.isEmpty()) {
            return;
        }
        for (Resource resource : resources.resources()) {
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                // One node for all places: upstream's labels share it too, and a later patch of one
                // shows in the others.
                Node value = Node.string(entry.getValue());
                FieldWalker.walkAll(
                        resource.node(),
                        specs,
                        Kind.MAPPING,
                        field -> Fields.set(field, entry.getKey(), value));
            }
        }
        resources.dropGone();
    }
}
