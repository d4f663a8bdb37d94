package dev.sluice.cli.build;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The root of the source that a folder belongs to: what a build may read ends there. */
public final class SourceRoot {
    private SourceRoot() {}

    /**
     * The repository around a folder; the root of the file system where there is none, for the
     * user's own files are not an attack on the user.
     */
    public static Path of(Path folder) {
        for (@Nullable Path at = folder; at != null; at = at.getParent()) {
            if (Files.exists(at.resolve(".git"))) {
                return at;
            }
        }
        return Path.of("/");
    }
}
