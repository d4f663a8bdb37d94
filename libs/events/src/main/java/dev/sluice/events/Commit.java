package dev.sluice.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The commit behind an artifact.
 *
 * @param author {@code Name <mail>} as the commit has it
 * @param message its first line, cut at 200 characters
 * @param urgent why it may not wait for a maintenance window: the value of its trailer {@code
 *     Sluice-Urgent}, cut at 200 characters; absent where it has none
 */
public record Commit(
        String sha, String author, Instant time, String message, @Nullable String urgent) {

    @JsonCreator
    public Commit {}

    /** A commit that may wait. */
    public Commit(String sha, String author, Instant time, String message) {
        this(sha, author, time, message, null);
    }
}
