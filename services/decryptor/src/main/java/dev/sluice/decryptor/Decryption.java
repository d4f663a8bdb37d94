package dev.sluice.decryptor;

import dev.sluice.events.Reason;
import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.kustomize.api.BuildException;
import dev.sluice.manifests.InvalidObjectException;
import dev.sluice.manifests.KubernetesObject;
import dev.sluice.rendering.EncryptedFile;
import dev.sluice.sops.DecryptOptions;
import dev.sluice.sops.Format;
import dev.sluice.sops.KeyRing;
import dev.sluice.sops.Sops;
import dev.sluice.sops.SopsException;
import dev.sluice.sops.SopsObjects;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decrypts what a delivery holds with the keys that it names, by Flux's rules: whole objects, and
 * entries of Secrets that are SOPS files; files before a build. A Secret that is still encrypted
 * never passes.
 *
 * <p>The checksum (MAC) of a file cannot fit after a build, which sorts keys and injects fields, so
 * it is not compared, as in Flux.
 */
final class Decryption {

    private final InputReader reader;
    private final DecryptOptions options;

    Decryption(InputReader reader, DecryptOptions options) {
        this.reader = reader;
        this.options = options;
    }

    /**
     * The keys of a delivery, to be closed after use; none where it does not ask for decryption.
     *
     * @throws RefusedException where the Secret with the keys is missing, or holds something else
     */
    KeyRing keys(RevealRequest request) throws RefusedException, KubernetesException {
        Optional<NamedObject> secret = request.keys();
        if (secret.isEmpty()) {
            return KeyRing.empty();
        }
        Map<String, byte[]> entries =
                reader.read(secret.get())
                        .orElseThrow(() ->
                                RefusedException.forGood(
                                        Reason.DECRYPTION_FAILED,
                                        "the Secret with the decryption keys is missing: "
                                                + secret.get().display()
                                                + "; it is looked for again as soon as it appears"));
        try {
            return KeyRing.ofSecret(entries);
        } catch (SopsException e) {
            throw RefusedException.forGood(
                    Reason.DECRYPTION_FAILED, secret.get().display() + ": " + e.getMessage());
        }
    }

    /** The objects in clear; those that are not encrypted are the same. */
    List<KubernetesObject> decrypt(
            RevealRequest request, List<KubernetesObject> objects, KeyRing keys)
            throws RefusedException {
        List<KubernetesObject> clear = new ArrayList<>(objects.size());
        for (KubernetesObject object : objects) {
            KubernetesObject decrypted =
                    request.spec().decryption() == null ? object : decrypt(object, keys);
            refuseEncryptedSecret(request, decrypted);
            clear.add(decrypted);
        }
        return clear;
    }

    /** A file in clear, for a build. */
    byte[] decrypt(EncryptedFile file, byte[] content, KeyRing keys) throws BuildException {
        Format out = Format.ofEntry(file.name());
        if (file.environment() && out == Format.BINARY) {
            out = Format.DOTENV;
        }
        Format in = out;
        try {
            return Sops.decrypt(content, in, out, keys, options);
        } catch (SopsException e) {
            throw new BuildException(
                    "file " + file.path() + " cannot be decrypted: " + e.getMessage(),
                    new BuildException.Place(file.path(), 0, ""),
                    null);
        }
    }

    private KubernetesObject decrypt(KubernetesObject object, KeyRing keys)
            throws RefusedException {
        try {
            return KubernetesObject.of(SopsObjects.decrypt(object.tree(), keys, options));
        } catch (SopsException e) {
            String message = object.id().display() + " cannot be decrypted: " + e.getMessage();
            throw e.kind() == SopsException.Kind.SERVICE
                    ? RefusedException.forNow(Reason.DECRYPTION_FAILED, message)
                    : RefusedException.forGood(Reason.DECRYPTION_FAILED, message);
        } catch (InvalidObjectException e) {
            throw RefusedException.forGood(
                    Reason.DECRYPTION_FAILED,
                    object.id().display() + " is no object once it is decrypted");
        }
    }

    private static void refuseEncryptedSecret(RevealRequest request, KubernetesObject object)
            throws RefusedException {
        boolean secret = object.kind().equals("Secret") && object.apiVersion().equals("v1");
        if (!secret || SopsObjects.isDisabled(object.tree())) {
            return;
        }
        if (SopsObjects.hasStanza(object.tree())) {
            String what =
                    request.spec().decryption() == null
                            ? " is SOPS encrypted, configuring decryption is required for this secret to be reconciled"
                            : " is still SOPS encrypted after decryption";
            throw RefusedException.forGood(Reason.DECRYPTION_FAILED, object.id().display() + what);
        }
        List<String> left = SopsObjects.ciphertextIn(object.tree());
        if (!left.isEmpty()) {
            throw RefusedException.forGood(
                    Reason.DECRYPTION_FAILED,
                    object.id().display()
                            + " still holds an encrypted value at "
                            + left.getFirst());
        }
    }
}
