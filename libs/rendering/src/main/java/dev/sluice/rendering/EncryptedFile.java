package dev.sluice.rendering;

/**
 * A file that a generator or a patch takes in and that SOPS encrypted.
 *
 * @param path in the tree
 * @param name whose ending tells the format: the file's, or the key's that a generator gives it
 * @param environment a file of {@code KEY=value} lines, whatever its name
 */
public record EncryptedFile(String path, String name, boolean environment) {

    /** Larger encrypted files are refused, as Flux refuses them. */
    public static final long MOST_BYTES = 5L << 20;
}
