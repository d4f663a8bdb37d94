package dev.sluice.cli.fleet;

/** Why something about the fleet could not be told. */
public final class FleetException extends Exception {

    private static final long serialVersionUID = 1L;

    public FleetException(String message) {
        super(message);
    }

    FleetException(String message, Throwable cause) {
        super(message, cause);
    }
}
