package dev.sluice.kustomize.transform;

import dev.sluice.kustomize.api.BuildException;
import dev.sluice.kustomize.resource.Resource;
import dev.sluice.kustomize.resource.ResourceSet;
import java.util.List;

/** Applies the patches of {@code patchesStrategicMerge}: each to the resource whose id it has. */
public final class StrategicMergeTransformer implements Transformer {

    private final List<Resource> patches;
    private final PatchMerger merger;

    public StrategicMergeTransformer(List<Resource> patches, PatchMerger merger) {
        this.patches = patches;
        this.merger = merger;
    }

    @Override
    public void transform(ResourceSet resources) throws BuildException {
        resources.idsMayChange();
        for (Resource patch : patches) {
            Resource target = resources.byId(patch.originalId());
            new StrategicMergePatch(patch, false, false, merger)
                    .applyTo(List.of(target), resources);
        }
    }
}
