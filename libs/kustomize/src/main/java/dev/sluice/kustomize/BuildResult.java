package dev.sluice.kustomize;

import dev.sluice.kustomize.tree.ReadSet;
import java.util.List;

/**
 * What a build made.
 *
 * @param resources in the order of the output
 * @param readSet what the build read of its tree
 */
public record BuildResult(List<BuiltResource> resources, ReadSet readSet) {

    public BuildResult {
        resources = List.copyOf(resources);
    }

    /** The resources as {@code kustomize build} prints them, byte for byte. */
    public String toYaml() {
        if (resources.isEmpty()) {
            return "";
        }
        throw new UnsupportedOperationException("comes with the YAML library");
    }
}
