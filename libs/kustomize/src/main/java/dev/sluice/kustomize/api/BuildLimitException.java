package dev.sluice.kustomize.api;

/** A build uses more than it may. */
public final class BuildLimitException extends BuildException {

    private static final long serialVersionUID = 1L;

    /** What it uses too much of. */
    public enum Limit {
        FILES,
        BYTES,
        RESOURCES,
        TIME
    }

    private final Limit limit;

    public BuildLimitException(Limit limit, String message) {
        super(message);
        this.limit = limit;
    }

    public Limit limit() {
        return limit;
    }
}
