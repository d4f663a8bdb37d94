package dev.sluice.kustomize.transform;

import dev.sluice.kustomize.api.BuildException;
import dev.sluice.kustomize.resource.ResourceSet;

/** A step of a layer. It is made, and its configuration checked, before the first step runs. */
@FunctionalInterface
public interface Transformer {

    void transform(ResourceSet resources) throws BuildException;
}
