package dev.sluice.fluxapi;

/** Annotations that people, or Flux's own tools, put on objects, and the values with a meaning. */
public final class Annotations {

    /** Asks for a reconciliation now: any new value does. */
    public static final String REQUESTED_AT = "reconcile.fluxcd.io/requestedAt";

    /** On HelmReleases: a forced upgrade, once, if the value is that of {@link #REQUESTED_AT}. */
    public static final String FORCE_AT = "reconcile.fluxcd.io/forceAt";

    /**
     * On HelmReleases: forget the failures, once, if the value is that of {@link #REQUESTED_AT}.
     */
    public static final String RESET_AT = "reconcile.fluxcd.io/resetAt";

    /**
     * On applied objects: {@link #DISABLED} keeps an object that left Git, {@link #ENABLED} is the
     * rule.
     */
    public static final String PRUNE = Groups.KUSTOMIZE + "/prune";

    /** On applied objects: {@link #DISABLED} leaves the object alone. */
    public static final String RECONCILE = Groups.KUSTOMIZE + "/reconcile";

    /** On applied objects: {@link #SSA_OVERRIDE}, {@link #SSA_MERGE} and so on. */
    public static final String SSA = Groups.KUSTOMIZE + "/ssa";

    /**
     * On applied objects: {@link #ENABLED} recreates the object where a field cannot be changed.
     */
    public static final String FORCE = Groups.KUSTOMIZE + "/force";

    /**
     * On applied objects (and as a label too): {@link #DISABLED} leaves variables in it as they
     * are.
     */
    public static final String SUBSTITUTE = Groups.KUSTOMIZE + "/substitute";

    public static final String ENABLED = "enabled";
    public static final String DISABLED = "disabled";
    public static final String SSA_OVERRIDE = "Override";
    public static final String SSA_MERGE = "Merge";
    public static final String SSA_IF_NOT_PRESENT = "IfNotPresent";
    public static final String SSA_IGNORE = "Ignore";

    /** On ArtifactGenerators: {@link #DISABLED} suspends them. */
    public static final String GENERATOR_RECONCILE = Groups.SOURCE_EXTENSIONS + "/reconcile";

    /** In an artifact's metadata: the revision of the source that it was made from. */
    public static final String ORIGIN_REVISION = "org.opencontainers.image.revision";

    private Annotations() {}
}
