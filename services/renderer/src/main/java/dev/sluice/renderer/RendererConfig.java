package dev.sluice.renderer;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.OptionalInt;

/** Settings of the renderer. */
@ConfigMapping(prefix = "sluice.renderer")
interface RendererConfig {

    /** How many builds run side by side; as many as there are processors where it is not set. */
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
}
