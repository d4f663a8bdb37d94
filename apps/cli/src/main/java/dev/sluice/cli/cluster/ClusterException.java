package dev.sluice.cli.cluster;

/** The cluster cannot be reached, or refused a request. The message is for the user. */
public final class ClusterException extends Exception {

    private final String message;
    private final int status;

    public ClusterException(String message) {
        this(message, 0);
    }

    /**
     * @param status the HTTP status, 0 if there was no answer
     */
    ClusterException(String message, int status) {
        super(message);
        this.message = message;
        this.status = status;
    }

    @Override
    public String getMessage() {
        return message;
    }

    /** The HTTP status, 0 if there was no answer. */
    public int status() {
        return status;
    }

    public boolean isNotFound() {
        return status == 404;
    }
}
