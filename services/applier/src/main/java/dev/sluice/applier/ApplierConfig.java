package dev.sluice.applier;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** What an operator can say about the applier. */
@ConfigMapping(prefix = "sluice.applier")
interface ApplierConfig {

    /** How many deliveries are worked on at once. */
    @WithDefault("16")
    int deliveriesAtOnce();

    /** How many requests of one delivery are under way at once. */
    @WithDefault("8")
    int requestsPerDelivery();

    /**
     * The ServiceAccount in whose name a delivery is applied that names none, in the delivery's own
     * namespace. Where this is not set, such deliveries are applied in the applier's own name.
     */
    @WithDefault("${sluice.default-service-account:}")
    Optional<String> defaultServiceAccount();

    /**
     * The ServiceAccount, in the delivery's own namespace, whose tokens reach another cluster where
     * a kubeConfig's ConfigMap names none. Where this is not set they are the applier's own tokens.
     */
    @WithDefault("${sluice.default-kubeconfig-service-account:}")
    Optional<String> defaultKubeconfigServiceAccount();

    /**
     * Whether a delivery may depend on, and take its chart from, its own namespace only, as on a
     * cluster that several teams share.
     */
    @WithDefault("${sluice.no-cross-namespace-refs:false}")
    boolean noCrossNamespaceRefs();

    /**
     * How many objects a delivery has at least for its deletions to be guarded. A deletion of a
     * large part of them is held until someone confirms it.
     */
    @WithDefault("25")
    int pruneGuardFrom();

    /** The share of a delivery's objects, from 0 to 1, that may be deleted without being held. */
    @WithDefault("0.5")
    double pruneGuardShare();
}
