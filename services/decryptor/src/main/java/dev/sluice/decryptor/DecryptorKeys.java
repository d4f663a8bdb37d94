package dev.sluice.decryptor;

import dev.sluice.events.DeliveryRevealed;
import dev.sluice.manifests.KeyedDigest;
import dev.sluice.manifests.sealing.KeyNames;
import dev.sluice.manifests.sealing.SigningKey;
import dev.sluice.manifests.sealing.VerifyingKey;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The decryptor's own keys at one moment.
 *
 * @param signing the applier pins the public half
 * @param earlier public halves of keys before, the latest first; what they signed still counts
 * @param digestKey see {@link KeyNames#DIGEST_KEY}; it stays, or every digest would change
 */
record DecryptorKeys(SigningKey signing, List<VerifyingKey> earlier, String digestKey) {

    private static final int MOST_EARLIER = 3;

    DecryptorKeys {
        earlier = List.copyOf(earlier);
    }

    static DecryptorKeys generate(SecureRandom random) {
        byte[] digestKey = new byte[KeyedDigest.KEY_BYTES];
        random.nextBytes(digestKey);
        return new DecryptorKeys(
                SigningKey.generate(random),
                List.of(),
                Base64.getEncoder().encodeToString(digestKey));
    }

    /**
     * Reads the entries of the Secret.
     *
     * @throws IllegalArgumentException where they hold no such keys; what they hold is not told
     */
    static DecryptorKeys of(Map<String, String> entries) {
        String digestKey = entries.getOrDefault(KeyNames.DIGEST_KEY, "");
        try {
            digest(digestKey);
        } catch (IllegalArgumentException e) {
            // The cause may show a part of the key.
            throw new IllegalArgumentException("no digest key");
        }
        return new DecryptorKeys(
                SigningKey.parse(entries.getOrDefault(KeyNames.SIGNING_KEY, "")),
                VerifyingKey.parseAll(entries.getOrDefault(KeyNames.EARLIER_KEYS, "")),
                digestKey);
    }

    Map<String, String> entries() {
        return Map.of(
                KeyNames.SIGNING_KEY,
                signing.secretText(),
                KeyNames.EARLIER_KEYS,
                texts(earlier.stream()),
                KeyNames.DIGEST_KEY,
                digestKey);
    }

    /** The public halves that count, one a line. */
    String published() {
        return texts(Stream.concat(Stream.of(signing.verifyingKey()), earlier.stream()));
    }

    DecryptorKeys rotated(SecureRandom random) {
        List<VerifyingKey> before = new ArrayList<>(earlier);
        before.addFirst(signing.verifyingKey());
        return new DecryptorKeys(
                SigningKey.generate(random),
                before.subList(0, Math.min(MOST_EARLIER, before.size())),
                digestKey);
    }

    DecryptorKeys withoutEarlier() {
        return new DecryptorKeys(signing, List.of(), digestKey);
    }

    /** For digests of what may hold secrets. */
    KeyedDigest digest() {
        return digest(digestKey);
    }

    /** Whether a decryptor of this cluster signed it, with a key that still counts. */
    boolean signed(DeliveryRevealed event) {
        return signedNow(event) || earlier.stream().anyMatch(key -> key.verifies(event));
    }

    boolean signedNow(DeliveryRevealed event) {
        return signing.verifyingKey().verifies(event);
    }

    private static KeyedDigest digest(String key) {
        return new KeyedDigest(Base64.getDecoder().decode(key));
    }

    private static String texts(Stream<VerifyingKey> keys) {
        return keys.map(VerifyingKey::text).collect(Collectors.joining("\n"));
    }

    @Override
    public String toString() {
        return "DecryptorKeys";
    }
}
