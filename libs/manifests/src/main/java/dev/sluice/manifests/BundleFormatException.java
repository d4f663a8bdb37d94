package dev.sluice.manifests;

import org.jspecify.annotations.Nullable;

/** Stored bytes are no bundle, a damaged one, or one beyond the limits. */
public final class BundleFormatException extends Exception {

    private static final long serialVersionUID = 1L;

    public BundleFormatException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
