package dev.sluice.fetcher.oci;

import java.io.IOException;

/** A registry said no. The message holds no secret. */
public final class RegistryException extends IOException {

    private final int status;

    RegistryException(int status, String message) {
        super(message);
        this.status = status;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** Whether what was asked for is not there. */
    public boolean isNotFound() {
        return status == 404;
    }
}
