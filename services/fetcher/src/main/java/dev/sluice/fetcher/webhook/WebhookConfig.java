package dev.sluice.fetcher.webhook;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** Where webhooks are taken. */
@ConfigMapping(prefix = "sluice.webhook")
public interface WebhookConfig {

    /** The port, which faces outside; without one no calls are taken. */
    Optional<Integer> port();

    /**
     * Whether a Receiver may ask objects of its own namespace only, as on a cluster that several
     * teams share.
     */
    @WithDefault("${sluice.no-cross-namespace-refs:false}")
    boolean noCrossNamespaceRefs();

    /** The address to listen at. */
    @WithDefault("0.0.0.0")
    String host();
}
