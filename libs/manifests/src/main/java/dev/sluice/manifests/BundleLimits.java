package dev.sluice.manifests;

/**
 * What a stored bundle may hold when it is read.
 *
 * @param bytes unpacked
 * @param objects how many
 */
public record BundleLimits(long bytes, int objects) {

    /** More than any delivery that we know of. */
    public static final BundleLimits DEFAULT = new BundleLimits(256L << 20, 50_000);
}
