package dev.sluice.kustomize.api;

import java.time.Duration;

/**
 * What one build may use. Whatever passes a limit is refused with a {@link BuildException} that
 * names the limit.
 *
 * @param files how many files may be opened
 * @param fileBytes how large one file may be, in bytes
 * @param bytes how many bytes may be read in all
 * @param yamlDepth how deep a YAML document may be nested
 * @param aliasNodes how many nodes the aliases of one document may stand for
 * @param resources how many resources may be held at once
 * @param time how long the build may take
 */
public record BuildLimits(
        int files,
        long fileBytes,
        long bytes,
        int yamlDepth,
        int aliasNodes,
        int resources,
        Duration time) {

    /** Enough for every repository that we know of, and little enough for a shared service. */
    public static final BuildLimits DEFAULT =
            new BuildLimits(
                    20_000, 32L << 20, 256L << 20, 200, 200_000, 50_000, Duration.ofSeconds(60));
}
