package dev.sluice.rendering;

/** The artifact has no folder at the spec's path. */
public final class PathNotFoundException extends Exception {

    private static final long serialVersionUID = 1L;

    public PathNotFoundException(String path) {
        super("kustomization path not found: no folder '" + path + "' in the artifact");
    }
}
