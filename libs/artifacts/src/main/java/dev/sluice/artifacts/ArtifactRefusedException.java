package dev.sluice.artifacts;

/**
 * A tree cannot become an artifact: it is too large, or a path in it is no path of an artifact. The
 * message says which and what is allowed.
 */
public final class ArtifactRefusedException extends Exception {

    public ArtifactRefusedException(String message) {
        super(message);
    }
}
