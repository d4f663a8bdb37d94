package dev.sluice.cli.install;

/** What is installed. */
public enum Components {
    /** The definitions of the Flux kinds. */
    crds,
    /** The namespace and, for each service, an identity and its roles. */
    rbac,
    all;

    boolean has(Components part) {
        return this == all || this == part;
    }
}
