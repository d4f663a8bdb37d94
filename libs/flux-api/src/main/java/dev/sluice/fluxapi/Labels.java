package dev.sluice.fluxapi;

/** Labels, finalizers and names of field managers that are part of the API. */
public final class Labels {

    /** Owner of an applied object: the Kustomization's name. */
    public static final String KUSTOMIZATION_NAME = Groups.KUSTOMIZE + "/name";

    /** Owner of an applied object: the Kustomization's namespace. */
    public static final String KUSTOMIZATION_NAMESPACE = Groups.KUSTOMIZE + "/namespace";

    /** Owner of an applied object: the HelmRelease's name. */
    public static final String HELM_RELEASE_NAME = Groups.HELM + "/name";

    /** Owner of an applied object: the HelmRelease's namespace. */
    public static final String HELM_RELEASE_NAMESPACE = Groups.HELM + "/namespace";

    /**
     * On ConfigMaps and Secrets: with {@link #WATCH_ENABLED}, a change wakes what refers to them.
     */
    public static final String WATCH = "reconcile.fluxcd.io/watch";

    public static final String WATCH_ENABLED = "Enabled";

    /** The finalizer of every kind with something to clean up. */
    public static final String FINALIZER = "finalizers.fluxcd.io";

    /** The field manager of what Kustomizations apply. */
    public static final String KUSTOMIZE_MANAGER = "kustomize-controller";

    /** The field manager of what HelmReleases apply. */
    public static final String HELM_MANAGER = "helm-controller";

    /** The field manager of what the helm program writes. */
    public static final String HELM_PROGRAM_MANAGER = "helm";

    /** The field manager of the status of Kustomizations. */
    public static final String KUSTOMIZE_STATUS_MANAGER = "gotk-kustomize-controller";

    /** The field manager of the status of HelmReleases. */
    public static final String HELM_STATUS_MANAGER = "gotk-helm-controller";

    /** The field manager of the status of sources. */
    public static final String SOURCE_STATUS_MANAGER = "gotk-source-controller";

    private Labels() {}
}
