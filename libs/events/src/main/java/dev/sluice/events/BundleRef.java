package dev.sluice.events;

/**
 * A bundle in the artifact store.
 *
 * @param digest {@code sha256:...} of the stored bytes
 * @param size of the stored bytes
 */
public record BundleRef(String digest, long size) {}
