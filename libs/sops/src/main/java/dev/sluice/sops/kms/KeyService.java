package dev.sluice.sops.kms;

/**
 * A service that keeps a key and wraps data keys with it.
 *
 * <p>A file names the key, and the file comes from anyone who may commit: an implementation must
 * hold what it is asked for against an allow-list of its operator before it sends a credential
 * anywhere, bound its network time, and never follow redirects.
 */
public interface KeyService {

    /** Whether this service is the one that a key of this type belongs to. */
    boolean serves(WrappedKey key);

    /**
     * The data key.
     *
     * @param credentials what the key Secret of the delivery holds for the services
     * @throws KeyServiceException when the service refuses or does not answer
     */
    byte[] unwrap(WrappedKey key, Credentials credentials)
            throws KeyServiceException, InterruptedException;

    /**
     * Wraps a data key.
     *
     * @param key which key to use; its {@code wrapped} text is ignored
     * @return the text that goes into the metadata as {@code enc}
     */
    String wrap(WrappedKey key, byte[] dataKey, Credentials credentials)
            throws KeyServiceException, InterruptedException;
}
