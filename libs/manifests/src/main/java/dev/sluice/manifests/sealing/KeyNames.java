package dev.sluice.manifests.sealing;

/**
 * Where the keys lie in the namespace of the pipeline. Each Secret may be read by its own service
 * only; the ConfigMap holds public halves.
 */
public final class KeyNames {

    /** Secret of the decryptor. */
    public static final String DECRYPTOR_SECRET = "sluice-decryptor";

    /** Entry of {@link #DECRYPTOR_SECRET}: a {@link SigningKey}. */
    public static final String SIGNING_KEY = "signing.key";

    /** Entry of {@link #DECRYPTOR_SECRET}: {@link VerifyingKey}s of keys before, one a line. */
    public static final String EARLIER_KEYS = "earlier.keys";

    /**
     * Entry of {@link #DECRYPTOR_SECRET} and of {@link #APPLIER_SECRET}: the key of a {@link
     * dev.sluice.manifests.KeyedDigest}, in base64.
     */
    public static final String DIGEST_KEY = "digest.key";

    /** Secret of the applier. */
    public static final String APPLIER_SECRET = "sluice-applier";

    /**
     * Entry of {@link #APPLIER_SECRET}: the age identities that open sealed bundles, one a line,
     * the present one first.
     */
    public static final String IDENTITY = "identity.agekey";

    /** ConfigMap of the public halves. */
    public static final String PUBLIC_CONFIG_MAP = "sluice-keys";

    /** Entry of {@link #PUBLIC_CONFIG_MAP}: {@link VerifyingKey}s that count, one a line. */
    public static final String VERIFYING_KEY = "verifying.key";

    /** Entry of {@link #PUBLIC_CONFIG_MAP}: the age recipient that bundles are sealed to. */
    public static final String RECIPIENT = "recipient";

    private KeyNames() {}
}
