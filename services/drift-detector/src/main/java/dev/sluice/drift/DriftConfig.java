package dev.sluice.drift;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Settings of the drift detector. */
@ConfigMapping(prefix = "sluice.drift-detector")
interface DriftConfig {

    /** How many deliveries are judged side by side. */
    @WithDefault("16")
    int width();
}
