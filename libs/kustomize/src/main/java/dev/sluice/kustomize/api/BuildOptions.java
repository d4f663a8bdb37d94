package dev.sluice.kustomize.api;

import java.util.Optional;

/**
 * How to build.
 *
 * @param loadRestrictor which files a kustomization may name
 * @param reorder the order of the output
 * @param managedByLabel whether every resource gets the label {@code app.kubernetes.io/managed-by}
 * @param remotes fetches remote resources; empty: they are refused
 * @param limits what the build may use
 */
public record BuildOptions(
        LoadRestrictor loadRestrictor,
        Reorder reorder,
        boolean managedByLabel,
        Optional<RemoteTrees> remotes,
        BuildLimits limits) {

    /** What {@code kustomize build} does without flags, with no remotes and the default limits. */
    public static final BuildOptions DEFAULT =
            new BuildOptions(
                    LoadRestrictor.ROOT_ONLY,
                    Reorder.LEGACY,
                    false,
                    Optional.empty(),
                    BuildLimits.DEFAULT);

    public BuildOptions withLoadRestrictor(LoadRestrictor restrictor) {
        return new BuildOptions(restrictor, reorder, managedByLabel, remotes, limits);
    }

    public BuildOptions withReorder(Reorder order) {
        return new BuildOptions(loadRestrictor, order, managedByLabel, remotes, limits);
    }

    public BuildOptions withManagedByLabel(boolean label) {
        return new BuildOptions(loadRestrictor, reorder, label, remotes, limits);
    }

    public BuildOptions withRemotes(RemoteTrees trees) {
        return new BuildOptions(
                loadRestrictor, reorder, managedByLabel, Optional.of(trees), limits);
    }

    public BuildOptions withLimits(BuildLimits buildLimits) {
        return new BuildOptions(loadRestrictor, reorder, managedByLabel, remotes, buildLimits);
    }
}
