package dev.sluice.decryptor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.kubernetes.Cluster;
import dev.sluice.kubernetes.watch.ObjectWatch;
import dev.sluice.kubernetes.watch.Selection;
import dev.sluice.kubernetes.watch.Sink;
import dev.sluice.manifests.sealing.KeyNames;
import dev.sluice.sops.age.AgeException;
import dev.sluice.sops.age.AgeRecipient;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * To whom bundles are sealed: what the applier publishes, now. A new one, after the applier's
 * identity was changed, makes all deliveries be sealed again.
 */
final class SealRecipient implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SealRecipient.class);

    private volatile @Nullable AgeRecipient recipient;
    private @Nullable ObjectWatch watch;

    /** A recipient that never changes. */
    static SealRecipient of(AgeRecipient recipient) {
        SealRecipient fixed = new SealRecipient();
        fixed.recipient = recipient;
        return fixed;
    }

    /**
     * Follows what is published.
     *
     * @param changed called when it is there for the first time, and when it is another
     */
    void follow(Cluster cluster, String namespace, Runnable changed) {
        watch =
                ObjectWatch.start(
                        cluster,
                        Selection.object(
                                NamedObject.resource(NamedObject.CONFIG_MAP),
                                namespace,
                                KeyNames.PUBLIC_CONFIG_MAP),
                        new Taker(changed));
    }

    /** Empty until the applier has published one. */
    Optional<AgeRecipient> now() {
        return Optional.ofNullable(recipient);
    }

    @Override
    public void close() {
        ObjectWatch open = watch;
        if (open != null) {
            open.close();
        }
    }

    private final class Taker implements Sink {

        private final Runnable changed;

        Taker(Runnable changed) {
            this.changed = changed;
        }

        @Override
        public void begin() {
            // What was published stays until something else is.
        }

        @Override
        public void present(ObjectNode object) {
            String text = object.path("data").path(KeyNames.RECIPIENT).asText();
            if (text.isEmpty()) {
                return;
            }
            try {
                AgeRecipient published = AgeRecipient.parse(text);
                AgeRecipient before = recipient;
                recipient = published;
                if (before == null || !before.toString().equals(published.toString())) {
                    changed.run();
                }
            } catch (AgeException e) {
                LOG.atError()
                        .addKeyValue("reason", e.getMessage())
                        .log(
                                "the published recipient is no age recipient; bundles stay sealed to the one before");
            }
        }

        @Override
        public void complete() {
            // Nothing to compare: there is one object.
        }

        @Override
        public void gone(ObjectNode object) {
            LOG.atWarn()
                    .log("the published keys are gone; bundles stay sealed to the last recipient");
        }
    }
}
