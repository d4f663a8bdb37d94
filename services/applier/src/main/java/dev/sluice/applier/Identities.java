package dev.sluice.applier;

import dev.sluice.manifests.KeyedDigest;
import dev.sluice.manifests.sealing.KeyNames;
import dev.sluice.sops.age.AgeException;
import dev.sluice.sops.age.AgeIdentity;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The applier's age identities at one moment.
 *
 * @param all the present one first; bundles sealed to one before still open
 * @param digestKey of the digests of what was applied, in base64; it stays when the identity goes,
 *     or everything would be applied again
 */
record Identities(List<AgeIdentity> all, String digestKey) {

    private static final int MOST = 4;
    private static final String HMAC = "HmacSHA256";
    private static final String DIGEST_PURPOSE = "sluice applied objects 1";

    Identities {
        all = List.copyOf(all);
        if (all.isEmpty()) {
            throw new IllegalArgumentException("no age identity");
        }
    }

    static Identities generate(SecureRandom random) {
        AgeIdentity identity = AgeIdentity.generate(random);
        return new Identities(List.of(identity), derived(identity));
    }

    /**
     * Reads the entries of the Secret.
     *
     * @throws IllegalArgumentException where they hold no identity; what they hold is not told
     */
    static Identities of(Map<String, String> entries) {
        try {
            List<AgeIdentity> all =
                    AgeIdentity.parseFile(entries.getOrDefault(KeyNames.IDENTITY, ""));
            String digestKey = entries.get(KeyNames.DIGEST_KEY);
            return new Identities(all, digestKey == null ? derived(all.getLast()) : digestKey);
        } catch (AgeException e) {
            throw new IllegalArgumentException("no age identity");
        }
    }

    Map<String, String> entries() {
        return Map.of(
                KeyNames.IDENTITY,
                all.stream().map(AgeIdentity::secretText).collect(Collectors.joining("\n")),
                KeyNames.DIGEST_KEY,
                digestKey);
    }

    AgeIdentity present() {
        return all.getFirst();
    }

    Identities rotated(SecureRandom random) {
        List<AgeIdentity> more = new ArrayList<>(all);
        more.addFirst(AgeIdentity.generate(random));
        return new Identities(more.subList(0, Math.min(MOST, more.size())), digestKey);
    }

    Identities withoutEarlier() {
        return new Identities(List.of(present()), digestKey);
    }

    KeyedDigest digest() {
        return new KeyedDigest(Base64.getDecoder().decode(digestKey));
    }

    private static String derived(AgeIdentity identity) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(
                    new SecretKeySpec(
                            identity.secretText().getBytes(StandardCharsets.UTF_8), HMAC));
            return Base64.getEncoder()
                    .encodeToString(mac.doFinal(DIGEST_PURPOSE.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HMAC-SHA256", e);
        }
    }

    @Override
    public String toString() {
        return "Identities";
    }
}
