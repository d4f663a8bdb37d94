package dev.sluice.cli.bootstrap;

/** Where the pipeline runs. */
public enum Variant {
    /** One process in the cluster. */
    standalone("overlays/standalone"),
    /** Each service by itself in the cluster, with a Kafka that is there. */
    distributed("overlays/distributed"),
    /** As distributed, with topics and rights by Strimzi. */
    strimzi("overlays/distributed-strimzi"),
    /** As distributed, locked down for several teams. */
    lockdown("overlays/lockdown"),
    /** Outside of the cluster, by {@code sluice up}. */
    external("rbac");

    private final String folder;

    Variant(String folder) {
        this.folder = folder;
    }

    /** Whether the services are pods of their own, which find their signing keys in Secrets. */
    boolean mountsKeys() {
        return this == distributed || this == strimzi || this == lockdown;
    }

    /** Below {@code deploy/}. */
    String folder() {
        return folder;
    }
}
