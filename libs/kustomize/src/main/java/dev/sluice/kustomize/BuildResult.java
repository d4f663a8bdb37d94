package dev.sluice.kustomize;

import dev.sluice.kustomize.tree.ReadSet;
import java.util.List;

/**
 * What a build made.
 *
 * @param resources in the order of the output
 * @param readSet what the build read of its tree
 * @param warnings notes on deprecated fields, a line each, as {@code kustomize build} prints them
 *     beside its output
 * @param toYaml the resources as {@code kustomize build} prints them, byte for byte; a later change
 *     of a node does not show in it
 */
public record BuildResult(
        List<BuiltResource> resources, ReadSet readSet, List<String> warnings, String toYaml) {

    public BuildResult {
        resources = List.copyOf(resources);
        warnings = List.copyOf(warnings);
    }
}
