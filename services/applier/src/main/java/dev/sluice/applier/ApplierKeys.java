package dev.sluice.applier;

import dev.sluice.events.DeliveryRevealed;
import dev.sluice.kubernetes.Cluster;
import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.kubernetes.keys.KeyListener;
import dev.sluice.kubernetes.keys.KeySecret;
import dev.sluice.kubernetes.watch.ObjectWatch;
import dev.sluice.manifests.KeyedDigest;
import dev.sluice.manifests.sealing.KeyNames;
import dev.sluice.manifests.sealing.KeyRequest;
import dev.sluice.manifests.sealing.VerifyingKey;
import dev.sluice.sops.age.AgeIdentity;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The applier's own keys as they are now, kept in a Secret that nobody else needs to read, made at
 * the first start and changed when an operator asks for it; and the decryptor's public keys, from
 * the ConfigMap where both publish their public halves. Safe for use by many threads.
 */
final class ApplierKeys implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ApplierKeys.class);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

    private final KeySecret secret;
    private final PublishedKeys published;
    private final SecureRandom random;
    private final Clock clock;
    private volatile Identities identities;
    private volatile List<VerifyingKey> verifying = List.of();
    private volatile Instant looked = Instant.EPOCH;
    private volatile @Nullable ObjectWatch watch;

    private ApplierKeys(
            KeySecret secret,
            PublishedKeys published,
            SecureRandom random,
            Clock clock,
            Identities identities) {
        this.secret = secret;
        this.published = published;
        this.random = random;
        this.clock = clock;
        this.identities = identities;
    }

    /**
     * Reads the keys, or makes those that are not there, and publishes the recipient.
     *
     * @param namespace of the pipeline
     */
    static ApplierKeys load(Cluster cluster, String namespace, SecureRandom random, Clock clock)
            throws KubernetesException {
        KeySecret secret = new KeySecret(cluster, namespace, KeyNames.APPLIER_SECRET);
        Map<String, String> entries =
                secret.readOrMake(() -> Identities.generate(random).entries());
        Identities known = read(secret, entries);
        if (!entries.containsKey(KeyNames.DIGEST_KEY)) {
            secret.replace(known.entries());
        }
        ApplierKeys keys =
                new ApplierKeys(
                        secret, new PublishedKeys(cluster, namespace), random, clock, known);
        keys.publish();
        return keys;
    }

    /** Carries out requests for other keys until it is closed. */
    void follow() {
        watch = secret.follow(new Rotation());
    }

    @Override
    public void close() {
        ObjectWatch open = watch;
        if (open != null) {
            open.close();
        }
    }

    /** What opens sealed bundles. */
    List<AgeIdentity> identities() {
        return identities.all();
    }

    /** For the digests of what was applied; the same for good. */
    KeyedDigest digest() {
        return identities.digest();
    }

    /** Whether the decryptor signed the event. A key that is not known is looked up again. */
    boolean verifies(DeliveryRevealed event) throws KubernetesException {
        if (verified(event)) {
            return true;
        }
        Instant now = clock.instant();
        if (now.isBefore(looked.plus(LOOK_AGAIN)) && !verifying.isEmpty()) {
            return false;
        }
        looked = now;
        verifying = published.verifyingKeys();
        return verified(event);
    }

    private boolean verified(DeliveryRevealed event) {
        return verifying.stream().anyMatch(key -> key.verifies(event));
    }

    private void publish() throws KubernetesException {
        secret.publish(
                KeyNames.PUBLIC_CONFIG_MAP,
                Map.of(KeyNames.RECIPIENT, identities.present().recipient().toString()));
    }

    private static Identities read(KeySecret secret, Map<String, String> entries) {
        try {
            return Identities.of(entries);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(
                    secret.display()
                            + " holds no age identity at "
                            + KeyNames.IDENTITY
                            + ": delete it to have a new one made");
        }
    }

    /** A new identity is kept before anything is sealed to it. */
    private final class Rotation implements KeyListener {

        @Override
        public void asked(KeyRequest request) throws KubernetesException {
            Identities next = identities;
            if (request.isRotate()) {
                next = next.rotated(random);
            } else if (request.isDropOld()) {
                next = next.withoutEarlier();
            }
            secret.replace(next.entries(), request);
            identities = next;
            publish();
            LOG.atInfo()
                    .addKeyValue("request", request.text())
                    .log("the identity that bundles are sealed to was changed");
        }

        @Override
        public void changed() throws KubernetesException {
            identities = read(secret, secret.read().orElse(Map.of()));
            publish();
        }
    }
}
