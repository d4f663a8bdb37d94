package dev.sluice.decryptor;

import dev.sluice.artifacts.ArtifactStore;
import dev.sluice.artifacts.Digest;
import dev.sluice.events.Reason;
import dev.sluice.fluxapi.MalformedObjectException;
import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.kustomize.api.BuildException;
import dev.sluice.manifests.Bundle;
import dev.sluice.manifests.BundleFormatException;
import dev.sluice.manifests.BundleLimits;
import dev.sluice.manifests.KubernetesObject;
import dev.sluice.manifests.Substitution;
import dev.sluice.manifests.SubstitutionException;
import dev.sluice.rendering.Decryption;
import dev.sluice.rendering.DecryptionException;
import dev.sluice.rendering.KustomizationBuild;
import dev.sluice.rendering.PathNotFoundException;
import dev.sluice.sops.DecryptOptions;
import dev.sluice.sops.KeyRing;
import dev.sluice.sops.SopsException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes of a rendered delivery what is to be applied: loads the bundle, or builds again over
 * decrypted files where a generator needs them; decrypts the objects; fills in the variables.
 */
final class Revelation {

    private final ArtifactStore store;
    private final KustomizationBuild kustomization;
    private final DeliveryKeys keys;
    private final DecryptOptions options;
    private final Variables variables;

    Revelation(
            ArtifactStore store,
            KustomizationBuild kustomization,
            DeliveryKeys keys,
            DecryptOptions options,
            Variables variables) {
        this.store = store;
        this.kustomization = kustomization;
        this.keys = keys;
        this.options = options;
        this.variables = variables;
    }

    /** All that the result depends on besides what was rendered. */
    List<NamedObject> named(RevealRequest request) {
        List<NamedObject> named = new ArrayList<>(keys.named(request));
        request.variableSources().forEach(source -> named.add(request.named(source)));
        return named.stream().distinct().toList();
    }

    /**
     * The objects, in clear.
     *
     * @throws RefusedException where they cannot be had as things are
     * @throws IOException where the store cannot be read
     * @throws KubernetesException where the cluster cannot be asked now
     */
    List<KubernetesObject> reveal(RevealRequest request)
            throws RefusedException, IOException, KubernetesException {
        try (KeyRing ring = keys.of(request)) {
            Decryption decryption =
                    new Decryption(ring, request.spec().decryption() != null, options);
            List<KubernetesObject> rendered =
                    request.rendered().needsKeys() ? built(request, decryption) : bundled(request);
            List<KubernetesObject> clear = decrypted(rendered, decryption);
            Optional<Substitution> substitution = variables.of(request);
            return substitution.isPresent() ? filled(clear, substitution.get()) : clear;
        } catch (KubernetesException e) {
            throw RefusedException.byCluster(e, Reason.BUILD_FAILED, "what the delivery names");
        }
    }

    private List<KubernetesObject> bundled(RevealRequest request) throws IOException {
        byte[] stored = store.get(new Digest(request.rendered().bundle().digest()));
        try {
            return Bundle.decode(stored, BundleLimits.DEFAULT).objects();
        } catch (BundleFormatException e) {
            throw new IOException("the rendered bundle is damaged: " + e.getMessage(), e);
        }
    }

    private List<KubernetesObject> built(RevealRequest request, Decryption decryption)
            throws RefusedException, IOException {
        try {
            return kustomization
                    .render(
                            store.tree(new Digest(request.rendered().source().digest())),
                            request.spec(),
                            decryption)
                    .objects();
        } catch (BuildException e) {
            String message =
                    "kustomize build failed: " + decryption.hideIn(String.valueOf(e.getMessage()));
            if (!(e.getCause() instanceof SopsException sops)) {
                throw RefusedException.forGood(Reason.BUILD_FAILED, message);
            }
            throw refused(message, sops.kind() == SopsException.Kind.SERVICE);
        } catch (PathNotFoundException e) {
            throw RefusedException.forGood(Reason.ARTIFACT_FAILED, String.valueOf(e.getMessage()));
        }
    }

    private static List<KubernetesObject> decrypted(
            List<KubernetesObject> objects, Decryption decryption) throws RefusedException {
        try {
            return decryption.decrypt(objects);
        } catch (DecryptionException e) {
            throw refused(String.valueOf(e.getMessage()), e.passing());
        }
    }

    private static RefusedException refused(String message, boolean passing) {
        return passing
                ? RefusedException.forNow(Reason.DECRYPTION_FAILED, message)
                : RefusedException.forGood(Reason.DECRYPTION_FAILED, message);
    }

    private static List<KubernetesObject> filled(
            List<KubernetesObject> objects, Substitution substitution) throws RefusedException {
        List<KubernetesObject> filled = new ArrayList<>(objects.size());
        try {
            for (KubernetesObject object : objects) {
                filled.add(substitution.fill(object));
            }
            return filled;
        } catch (SubstitutionException e) {
            throw RefusedException.forGood(
                    Reason.BUILD_FAILED, "post build failed for " + e.getMessage());
        }
    }

    /** Marks that a spec cannot be read: an API server that knows the definitions refuses such. */
    static RefusedException malformed(MalformedObjectException e) {
        return RefusedException.forGood(
                Reason.BUILD_FAILED, "the spec cannot be read: " + e.getMessage());
    }
}
