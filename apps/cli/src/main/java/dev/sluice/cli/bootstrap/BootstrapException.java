package dev.sluice.cli.bootstrap;

/** Why a cluster could not be bootstrapped; says what to do, and holds no secret. */
public final class BootstrapException extends Exception {

    private static final long serialVersionUID = 1L;

    public BootstrapException(String message) {
        super(message);
    }

    BootstrapException(String message, Throwable cause) {
        super(message, cause);
    }
}
