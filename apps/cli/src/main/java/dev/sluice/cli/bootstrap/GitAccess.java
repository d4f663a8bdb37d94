package dev.sluice.cli.bootstrap;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How to write to the repository.
 *
 * @param identity file with a private SSH key
 * @param knownHosts file with the keys of the server, for SSH
 */
public record GitAccess(
        @Nullable String username,
        @Nullable String password,
        @Nullable Path identity,
        @Nullable Path knownHosts) {

    /** Whether the cluster needs a Secret to read it. */
    public boolean isSecret() {
        return password != null || identity != null;
    }

    @Override
    public String toString() {
        return "GitAccess["
                + (identity != null ? "ssh" : username == null ? "open" : username)
                + "]";
    }
}
