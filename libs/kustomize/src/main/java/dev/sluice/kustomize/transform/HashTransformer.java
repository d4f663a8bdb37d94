package dev.sluice.kustomize.transform;

import dev.sluice.kustomize.api.BuildException;
import dev.sluice.kustomize.resource.Meta;
import dev.sluice.kustomize.resource.Resource;
import dev.sluice.kustomize.resource.ResourceSet;

/** Puts a hash of its content behind the name of each generated resource that asks for one. */
public final class HashTransformer implements Transformer {

    @Override
    public void transform(ResourceSet resources) throws BuildException {
        resources.idsMayChange();
        for (Resource resource : resources.resources()) {
            if (resource.needsHash()) {
                String hash = ContentHash.of(resource.node());
                resource.storePreviousId();
                Meta.setName(resource.node(), resource.name() + "-" + hash);
            }
        }
    }
}
