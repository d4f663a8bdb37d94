package dev.sluice.artifacts;

/**
 * What an artifact may hold at most. A tree beyond a limit is refused whole.
 *
 * @param files how many files and directories together
 * @param bytes how many bytes all files together, before compression
 * @param fileBytes how many bytes one file
 * @param depth how many directories deep a file may lie
 * @param pathBytes how long a path may be, in bytes of UTF-8
 * @param said who says how many bytes, as the end of a sentence; empty for the installation
 */
public record ArtifactLimits(
        int files, long bytes, long fileBytes, int depth, int pathBytes, String said) {

    /**
     * Wide enough for every repository of manifests, and far below what would hurt a small machine.
     */
    public static final ArtifactLimits DEFAULT =
            new ArtifactLimits(100_000, 1L << 30, 64L << 20, 64, 4096);

    /** For what was let in once: only what can't be read at all is refused. */
    static final ArtifactLimits NONE =
            new ArtifactLimits(
                    Integer.MAX_VALUE,
                    Long.MAX_VALUE,
                    Integer.MAX_VALUE - 16,
                    Integer.MAX_VALUE,
                    Integer.MAX_VALUE);

    /** Limits of the installation. */
    public ArtifactLimits(int files, long bytes, long fileBytes, int depth, int pathBytes) {
        this(files, bytes, fileBytes, depth, pathBytes, "");
    }

    /**
     * The same with fewer bytes, where that is fewer.
     *
     * @param by who says so, as the end of a sentence
     */
    public ArtifactLimits atMost(long fewer, String by) {
        return fewer < bytes
                ? new ArtifactLimits(files, fewer, fileBytes, depth, pathBytes, by)
                : this;
    }

    /** How many bytes are allowed, and by whom, for a message. */
    public String allowed() {
        return said.isEmpty()
                ? "%d are allowed".formatted(bytes)
                : "%d are allowed %s".formatted(bytes, said);
    }

    public ArtifactLimits {
        if (files < 1 || bytes < 1 || fileBytes < 1 || depth < 1 || pathBytes < 1) {
            throw new IllegalArgumentException("every limit of an artifact is at least 1");
        }
        if (fileBytes > Integer.MAX_VALUE - 16) {
            throw new IllegalArgumentException(
                    "one file of an artifact is read into memory: at most 2 GiB");
        }
    }
}
