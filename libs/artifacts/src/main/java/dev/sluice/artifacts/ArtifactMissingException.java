package dev.sluice.artifacts;

import java.io.IOException;

/**
 * What a digest names is not in the store, or is there with bytes that no longer match the digest.
 * Making it again heals it.
 */
public final class ArtifactMissingException extends IOException {

    public ArtifactMissingException(String message) {
        super(message);
    }

    public ArtifactMissingException(String message, Throwable cause) {
        super(message, cause);
    }
}
