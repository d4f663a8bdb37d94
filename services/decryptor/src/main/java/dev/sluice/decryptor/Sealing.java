package dev.sluice.decryptor;

import dev.sluice.artifacts.ArtifactStore;
import dev.sluice.artifacts.Digest;
import dev.sluice.events.BundleRef;
import dev.sluice.events.DeliveryEvent;
import dev.sluice.events.DeliveryRendered;
import dev.sluice.events.DeliveryRevealed;
import dev.sluice.events.Position;
import dev.sluice.manifests.Bundle;
import dev.sluice.manifests.KeyedDigest;
import dev.sluice.manifests.KubernetesObject;
import dev.sluice.manifests.ObjectText;
import dev.sluice.manifests.Sha256;
import dev.sluice.manifests.sealing.BundleSeal;
import dev.sluice.sops.age.AgeRecipient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Puts what was revealed into a sealed bundle and a signed event. */
final class Sealing {

    private final ArtifactStore store;
    private final OwnKeys keys;
    private final BundleSeal seal;
    private final KeyedDigest digest;

    /** To whom the stored bundles of this run are sealed, by their digest. */
    private final Map<String, String> sealedTo = new ConcurrentHashMap<>();

    Sealing(ArtifactStore store, OwnKeys keys, BundleSeal seal) {
        this.store = store;
        this.keys = keys;
        this.seal = seal;
        this.digest = keys.now().digest();
    }

    /**
     * Seals and signs; takes the sealed bundle of the last event where it holds the same and is for
     * the same reader.
     *
     * @param inputs digest of all that went in
     */
    DeliveryRevealed event(
            DeliveryRendered rendered,
            Position position,
            List<KubernetesObject> objects,
            String inputs,
            AgeRecipient recipient,
            Optional<DeliveryEvent> said)
            throws IOException {
        String content = digest.of(objects);
        BundleRef bundle = null;
        if (said.isPresent()
                && said.get() instanceof DeliveryRevealed last
                && last.content().equals(content)
                && recipient.toString().equals(sealedTo.get(last.bundle().digest()))
                && isStored(last.bundle())) {
            bundle = last.bundle();
        }
        if (bundle == null) {
            bundle = stored(objects, recipient);
        }
        return signed(rendered, position, bundle, content, inputs, buildDigest(objects));
    }

    /** What was said last, for a new revision or request; nothing in it was looked at again. */
    DeliveryRevealed again(DeliveryRevealed last, DeliveryRendered rendered, Position position) {
        return signed(
                rendered,
                position,
                last.bundle(),
                last.content(),
                last.inputs(),
                last.buildDigest());
    }

    private DeliveryRevealed signed(
            DeliveryRendered rendered,
            Position position,
            BundleRef bundle,
            String content,
            String inputs,
            String buildDigest) {
        return keys.now()
                .signing()
                .sign(
                        new DeliveryRevealed(
                                rendered.delivery(),
                                position,
                                rendered.source(),
                                rendered.spec(),
                                rendered.requestedAt(),
                                bundle,
                                rendered.bundle(),
                                content,
                                inputs,
                                buildDigest,
                                ""));
    }

    private BundleRef stored(List<KubernetesObject> objects, AgeRecipient recipient)
            throws IOException {
        byte[] sealed = seal.seal(new Bundle(objects), recipient);
        String digest = store.put(sealed).value();
        sealedTo.put(digest, recipient.toString());
        return new BundleRef(digest, sealed.length);
    }

    private boolean isStored(BundleRef bundle) {
        try {
            return store.get(new Digest(bundle.digest())).length == bundle.size();
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * For the history in the status, which anyone may read: the digest of the text, as Flux has it,
     * but a keyed one, for a bare one would let anyone try out guesses at a short secret.
     */
    private String buildDigest(List<KubernetesObject> objects) {
        String keyed = digest.of(ObjectText.of(objects).getBytes(StandardCharsets.UTF_8));
        return Sha256.PREFIX + keyed.substring(keyed.indexOf(':') + 1);
    }
}
