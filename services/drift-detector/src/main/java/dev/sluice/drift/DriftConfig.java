package dev.sluice.drift;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** Settings of the drift detector. */
@ConfigMapping(prefix = "sluice.drift-detector")
interface DriftConfig {

    /** How many deliveries are judged side by side. */
    @WithDefault("16")
    int width();

    /**
     * The ServiceAccount, in the delivery's own namespace, whose tokens reach another cluster where
     * a kubeConfig's ConfigMap names none. Where this is not set they are the detector's own.
     */
    @WithDefault("${sluice.default-kubeconfig-service-account:}")
    Optional<String> defaultKubeconfigServiceAccount();
}
