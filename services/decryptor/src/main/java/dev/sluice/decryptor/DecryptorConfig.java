package dev.sluice.decryptor;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Settings of the decryptor. */
@ConfigMapping(prefix = "sluice.decryptor")
interface DecryptorConfig {

    /** How many deliveries are worked on at once; each holds what it reveals in memory. */
    @WithDefault("32")
    int width();
}
