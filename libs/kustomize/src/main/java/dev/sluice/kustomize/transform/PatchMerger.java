package dev.sluice.kustomize.transform;

import dev.sluice.kustomize.api.BuildException;
import dev.sluice.yaml.Node;
import org.jspecify.annotations.Nullable;

/** Merges a strategic merge patch into an object. */
@FunctionalInterface
public interface PatchMerger {

    /**
     * The object with the patch merged in; it may be the same node, changed, and may share nodes
     * with the patch.
     *
     * @return null where the patch deletes the object
     */
    @Nullable Node merge(Node patch, Node object) throws BuildException;
}
