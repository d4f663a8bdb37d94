package dev.sluice.notifier;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What an operator can say about the notifier. */
@ConfigMapping(prefix = "sluice.notifier")
interface NotifierConfig {

    /** Of announcements that say the same of one object, one in this time is told. */
    @WithDefault("5m")
    Duration rateLimitInterval();

    /** How long a Provider that does not take a notification is tried. */
    @WithDefault("24h")
    Duration giveUpAfter();

    /** How many notifications may wait for one Provider; of more the oldest are dropped. */
    @WithDefault("5000")
    int waitingPerProvider();

    /** How many Providers are told at once. */
    @WithDefault("1000")
    int providersAtOnce();

    /** Whether there may be several notifiers, which then share the work. */
    @WithDefault("${sluice.share.enabled:false}")
    boolean shared();

    /**
     * Where several share the work: after how long without a sign of life one is taken for dead.
     */
    @WithDefault("${sluice.share.session:6s}")
    Duration session();

    /** How many milliseconds the broker waits for announcements before it answers. */
    @WithDefault("${mp.messaging.connector.smallrye-kafka.fetch.max.wait.ms:20000}")
    int fetchWait();

    /** Whether an Alert may select among objects of its own namespace only. */
    @WithDefault("${sluice.no-cross-namespace-refs:false}")
    boolean noCrossNamespaceRefs();
}
