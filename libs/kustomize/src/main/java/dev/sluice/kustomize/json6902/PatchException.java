package dev.sluice.kustomize.json6902;

import java.util.Objects;

/**
 * A JSON patch that can't be read or applied; the message names the operation and its path, never a
 * value.
 */
public final class PatchException extends Exception {
    public PatchException(String message) {
        super(message);
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage(), "set by every constructor");
    }
}
