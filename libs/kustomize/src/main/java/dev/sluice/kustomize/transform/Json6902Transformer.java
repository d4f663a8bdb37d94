package dev.sluice.kustomize.transform;

import dev.sluice.kustomize.api.BuildException;
import dev.sluice.kustomize.resource.Resource;
import dev.sluice.kustomize.resource.ResourceSet;
import dev.sluice.kustomize.resource.Selector;

/** Applies an entry of {@code patchesJson6902}. */
public final class Json6902Transformer implements Transformer {

    private final ObjectPatch patch;
    private final Selector target;

    public Json6902Transformer(ObjectPatch patch, Selector target) {
        this.patch = patch;
        this.target = target;
    }

    @Override
    public void transform(ResourceSet resources) throws BuildException {
        resources.idsMayChange();
        for (Resource resource : resources.select(target)) {
            patch.applyTo(resource);
        }
    }
}
