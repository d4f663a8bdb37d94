package dev.sluice.kubernetes;

/** An API server refused a request or could not be asked; {@link #failure} tells what to do. */
public final class KubernetesException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient KubernetesFailure failure;

    public KubernetesException(KubernetesFailure failure) {
        super(failure.message());
        this.failure = failure;
    }

    public KubernetesFailure failure() {
        return failure;
    }

    /** True where the failure is of that sort. */
    public boolean is(KubernetesFailure.Sort sort) {
        return failure.sort() == sort;
    }
}
