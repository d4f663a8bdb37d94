package dev.sluice.kustomize.merge;

import java.util.Objects;

/** A patch that can't be applied; the message says why and holds no value of either side. */
public final class MergeException extends Exception {
    public MergeException(String message) {
        super(message);
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage(), "set by every constructor");
    }
}
