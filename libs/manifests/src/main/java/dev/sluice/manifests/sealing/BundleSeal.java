package dev.sluice.manifests.sealing;

import dev.sluice.manifests.Bundle;
import dev.sluice.manifests.BundleFormatException;
import dev.sluice.manifests.BundleLimits;
import dev.sluice.sops.age.Age;
import dev.sluice.sops.age.AgeException;
import dev.sluice.sops.age.AgeIdentity;
import dev.sluice.sops.age.AgeRecipient;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;

/** Seals bundles to one reader: an age file whose content is the stored form of the bundle. */
public final class BundleSeal {

    private final Age age;

    public BundleSeal(SecureRandom random) {
        this.age = new Age(random);
    }

    /** Seals; the same bundle has other bytes each time. */
    public byte[] seal(Bundle bundle, AgeRecipient recipient) {
        byte[] plain = bundle.encode();
        try {
            return age.encrypt(plain, List.of(recipient));
        } catch (AgeException e) {
            throw new IllegalStateException("a parsed recipient can be encrypted to", e);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    /**
     * Opens.
     *
     * @throws AgeException where the bytes are not sealed to one of the identities, or damaged
     * @throws BundleFormatException where what was sealed is no bundle, or passes a limit
     */
    public static Bundle open(byte[] sealed, List<AgeIdentity> identities, BundleLimits limits)
            throws AgeException, BundleFormatException {
        byte[] plain = Age.decrypt(sealed, identities);
        try {
            return Bundle.decode(plain, limits);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }
}
