package dev.sluice.applier;

import dev.sluice.artifacts.ArtifactStore;
import dev.sluice.artifacts.Digest;
import dev.sluice.events.DeliveryRevealed;
import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.manifests.BundleFormatException;
import dev.sluice.manifests.BundleLimits;
import dev.sluice.manifests.KubernetesObject;
import dev.sluice.manifests.sealing.BundleSeal;
import dev.sluice.sops.age.AgeException;
import java.io.IOException;
import java.util.List;

/**
 * Opens the bundles that the decryptor sealed to this applier, and none that it did not sign. Safe
 * for use by many threads.
 */
final class Bundles {

    private final ArtifactStore store;
    private final ApplierKeys keys;

    Bundles(ArtifactStore store, ApplierKeys keys) {
        this.store = store;
        this.keys = keys;
    }

    /**
     * The objects of a bundle.
     *
     * @throws RefusedBundleException where the signature is not the decryptor's, or the bundle is
     *     damaged or gone
     */
    List<KubernetesObject> open(DeliveryRevealed event)
            throws RefusedBundleException, KubernetesException {
        verify(event);
        try {
            byte[] sealed = store.get(new Digest(event.bundle().digest()));
            return BundleSeal.open(sealed, keys.identities(), BundleLimits.DEFAULT).objects();
        } catch (IOException e) {
            throw new RefusedBundleException(
                    "the bundle cannot be read from the artifact store: " + e.getMessage());
        } catch (AgeException e) {
            throw new RefusedBundleException(
                    "the bundle is not sealed to this applier: " + e.getMessage());
        } catch (BundleFormatException e) {
            throw new RefusedBundleException("the bundle is damaged: " + e.getMessage());
        }
    }

    /**
     * Checks that the decryptor signed the event, for when its bundle need not be opened.
     *
     * @throws RefusedBundleException where it did not
     */
    void verify(DeliveryRevealed event) throws RefusedBundleException, KubernetesException {
        if (!keys.verifies(event)) {
            throw new RefusedBundleException(
                    "the bundle is not signed by the decryptor of this cluster: it is not opened");
        }
    }
}
