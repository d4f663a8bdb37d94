package dev.sluice.fuzz;

import dev.sluice.kustomize.Kustomize;
import dev.sluice.kustomize.api.BuildException;
import dev.sluice.kustomize.api.BuildLimits;
import dev.sluice.kustomize.api.BuildOptions;
import dev.sluice.kustomize.tree.FileTree;
import dev.sluice.kustomize.tree.MemoryTree;
import java.time.Duration;
import java.util.Map;

/** Builds of trees in memory with tight limits: what they refuse is fine, all else is a find. */
final class Builds {

    private static final BuildLimits LIMITS =
            new BuildLimits(100, 1 << 20, 4 << 20, 100, 10_000, 1_000, Duration.ofSeconds(5));

    private Builds() {}

    static void build(Map<String, String> files) {
        FileTree tree = MemoryTree.ofText(files);
        String start = files.containsKey("kustomization.yaml") ? "" : "top";
        try {
            Kustomize.build(tree, start, BuildOptions.DEFAULT.withLimits(LIMITS));
        } catch (BuildException e) {
            // Refused.
            return;
        }
    }
}
