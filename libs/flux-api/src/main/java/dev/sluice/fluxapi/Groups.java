package dev.sluice.fluxapi;

/** The API groups. */
public final class Groups {

    public static final String SOURCE = "source.toolkit.fluxcd.io";
    public static final String KUSTOMIZE = "kustomize.toolkit.fluxcd.io";
    public static final String HELM = "helm.toolkit.fluxcd.io";
    public static final String NOTIFICATION = "notification.toolkit.fluxcd.io";
    public static final String IMAGE = "image.toolkit.fluxcd.io";
    public static final String SOURCE_EXTENSIONS = "source.extensions.fluxcd.io";

    /** Our own: what Flux has no kind for. */
    public static final String SLUICE = "sluice.dev";

    private Groups() {}
}
