package dev.sluice.applier;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** What an operator can say about HelmReleases. */
@ConfigMapping(prefix = "sluice.helm")
interface HelmConfig {

    /** The worker's program, also named by {@code SLUICE_HELM_WORKER}. */
    Optional<String> worker();

    /**
     * How many releases are worked on at once. Most of them only wait until their objects are
     * ready, which costs nothing.
     */
    @WithDefault("512")
    int releasesAtOnce();

    /** Most memory of one worker, in MiB; more ends it. */
    @WithDefault("1024")
    long workerMemory();

    /** After which an unused worker ends. */
    @WithDefault("10m")
    Duration workerIdle();

    /** Most time until the templates of a chart are rendered; more ends the worker. */
    @WithDefault("2m")
    Duration workerRendering();

    /** Added to ten times the time that an action asks for, before its worker is ended. */
    @WithDefault("30s")
    Duration workerGrace();
}
