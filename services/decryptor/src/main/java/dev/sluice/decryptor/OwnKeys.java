package dev.sluice.decryptor;

import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.kubernetes.keys.KeyListener;
import dev.sluice.kubernetes.keys.KeySecret;
import dev.sluice.kubernetes.watch.ObjectWatch;
import dev.sluice.manifests.sealing.KeyNames;
import dev.sluice.manifests.sealing.KeyRequest;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The decryptor's own keys as they are now. They are kept in a Secret that nobody else needs to
 * read, made at the first start, changed when an operator asks for it, and the public halves are
 * published. Safe for use by many threads.
 */
final class OwnKeys implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OwnKeys.class);

    private final @Nullable KeySecret secret;
    private final SecureRandom random;
    private volatile DecryptorKeys now;
    private @Nullable ObjectWatch watch;

    private OwnKeys(@Nullable KeySecret secret, SecureRandom random, DecryptorKeys now) {
        this.secret = secret;
        this.random = random;
        this.now = now;
    }

    /** Keys that are kept nowhere. */
    static OwnKeys of(DecryptorKeys keys) {
        return new OwnKeys(null, new SecureRandom(), keys);
    }

    /** Reads the keys, or makes those that are not there, and publishes the public half. */
    static OwnKeys load(KeySecret secret, SecureRandom random) throws KubernetesException {
        OwnKeys keys =
                new OwnKeys(
                        secret,
                        random,
                        read(
                                secret,
                                secret.readOrMake(() -> DecryptorKeys.generate(random).entries())));
        publish(secret, keys.now);
        return keys;
    }

    DecryptorKeys now() {
        return now;
    }

    /**
     * Follows requests and changes.
     *
     * @param changed called when another key signs from now on
     */
    void follow(Runnable changed) {
        watch = Objects.requireNonNull(secret).follow(new Rotation(secret, changed));
    }

    @Override
    public void close() {
        ObjectWatch open = watch;
        if (open != null) {
            open.close();
        }
    }

    private static DecryptorKeys read(KeySecret secret, Map<String, String> entries) {
        try {
            return DecryptorKeys.of(entries);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(
                    secret.display()
                            + " does not hold the decryptor's keys: delete it to have new ones made");
        }
    }

    /** Before a key signs, the applier must be able to know it. */
    private static void publish(KeySecret secret, DecryptorKeys keys) throws KubernetesException {
        secret.publish(
                KeyNames.PUBLIC_CONFIG_MAP, Map.of(KeyNames.VERIFYING_KEY, keys.published()));
    }

    private final class Rotation implements KeyListener {

        private final KeySecret secret;
        private final Runnable changed;

        Rotation(KeySecret secret, Runnable changed) {
            this.secret = secret;
            this.changed = changed;
        }

        @Override
        public void asked(KeyRequest request) throws KubernetesException {
            DecryptorKeys next = now;
            if (request.isRotate()) {
                next = now.rotated(random);
            } else if (request.isDropOld()) {
                next = now.withoutEarlier();
            }
            publish(secret, next);
            secret.replace(next.entries(), request);
            take(next);
            LOG.atInfo()
                    .addKeyValue("request", request.text())
                    .log("the signing keys were changed");
        }

        @Override
        public void changed() throws KubernetesException {
            Map<String, String> entries = secret.read().orElse(Map.of());
            DecryptorKeys next = read(secret, entries);
            if (!next.published().equals(now.published())) {
                publish(secret, next);
                take(next);
            }
        }

        private void take(DecryptorKeys next) {
            boolean another =
                    !next.signing()
                            .verifyingKey()
                            .text()
                            .equals(now.signing().verifyingKey().text());
            now = next;
            if (another) {
                changed.run();
            }
        }
    }
}
