package dev.sluice.sops;

/**
 * Bounds for files that come from anyone.
 *
 * @param maxBytes the size of a file, in bytes
 * @param maxDepth how deep maps and lists may be nested
 * @param maxKeys how many wrapped data keys the metadata may list, over all groups
 */
public record Limits(int maxBytes, int maxDepth, int maxKeys) {

    /** 5 MiB as Flux has it, a hundred levels, 256 wrapped keys. */
    public static final Limits DEFAULT = new Limits(5 * 1024 * 1024, 100, 256);

    /** The same with another size, for a command line where the user vouches for the file. */
    public Limits withMaxBytes(int bytes) {
        return new Limits(bytes, maxDepth, maxKeys);
    }
}
