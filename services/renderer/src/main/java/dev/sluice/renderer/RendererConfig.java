package dev.sluice.renderer;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.OptionalInt;

/** Settings of the renderer. */
@ConfigMapping(prefix = "sluice.renderer")
interface RendererConfig {

    /**
     * How many builds of one namespace run side by side; as many as there are processors where it
     * is not set.
     */
    OptionalInt builds();

    /** How many deliveries are looked at side by side; most only wait for the broker. */
    @WithDefault("64")
    int width();

    /**
     * Whether a Kustomization may take its source from its own namespace only, as on a cluster that
     * several teams share.
     */
    @WithDefault("${sluice.no-cross-namespace-refs:false}")
    boolean noCrossNamespaceRefs();

    /** The namespace of the pipeline, whose quotas count. */
    @WithDefault("${sluice.namespace}")
    String namespace();

    /** What one build may use. */
    Limits limits();

    /** Beyond these a build is refused; what it made last stays applied. */
    interface Limits {

        /** How many objects may be held at once. */
        @WithDefault("50000")
        int objects();

        /** How many bytes may be read in all. */
        @WithDefault("268435456")
        long bytes();

        /** How long it may take. */
        @WithDefault("60s")
        Duration time();
    }
}
