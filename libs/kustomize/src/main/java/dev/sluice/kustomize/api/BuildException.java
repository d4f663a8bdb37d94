package dev.sluice.kustomize.api;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A build that cannot be done because of what the tree holds. The message is whole by itself and
 * says the same as {@code kustomize build} would, so far as it says where; {@link #place} says
 * where in our own terms.
 */
public class BuildException extends Exception {

    /**
     * Where the cause lies.
     *
     * @param file the path in the tree
     * @param line counted from 1; 0 where it is not known
     * @param field such as {@code patches[0].path}; empty where it is not known
     */
    public record Place(String file, int line, String field) {}

    private final transient @Nullable Place place;

    public BuildException(String message) {
        this(message, null, null);
    }

    public BuildException(String message, Throwable cause) {
        this(message, null, cause);
    }

    public BuildException(String message, @Nullable Place place, @Nullable Throwable cause) {
        super(message, cause);
        this.place = place == null && cause instanceof BuildException inner ? inner.place : place;
    }

    /** The same failure, told with the words of the step that it happened in put before. */
    public BuildException within(String step) {
        return new BuildException(step + ": " + getMessage(), this);
    }

    /** Whether a failure of some kind is at the bottom of this one. */
    public boolean isCausedBy(Class<? extends BuildException> kind) {
        for (Throwable cause = this; cause != null; cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    /** Where the cause lies, where that is known. */
    public Optional<Place> place() {
        return Optional.ofNullable(place);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
