package dev.sluice.rendering;

import dev.sluice.kustomize.api.BuildException;
import dev.sluice.manifests.InvalidObjectException;
import dev.sluice.manifests.KubernetesObject;
import dev.sluice.manifests.SecretValues;
import dev.sluice.sops.DecryptOptions;
import dev.sluice.sops.Format;
import dev.sluice.sops.KeyRing;
import dev.sluice.sops.Sops;
import dev.sluice.sops.SopsException;
import dev.sluice.sops.SopsObjects;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Decrypts what a Kustomization holds, by Flux's rules: files of generators and patches before the
 * build, whole objects and the entries of Secrets after it. Unlike Flux it lets no object pass that
 * still holds ciphertext, of whatever kind; only the annotation that turns decryption off does.
 *
 * <p>The checksum (MAC) of an object cannot fit after a build, which sorts keys and injects fields:
 * callers pass {@link DecryptOptions#WITHOUT_MAC}, as Flux never compares it.
 *
 * <p>For one build, by one thread.
 */
public final class Decryption implements FileDecryption {

    private final KeyRing keys;
    private final boolean configured;
    private final DecryptOptions options;
    private final List<String> built = new ArrayList<>();

    /**
     * @param configured whether the Kustomization asks for decryption; where it does not, nothing
     *     is decrypted, and what is encrypted is refused
     */
    public Decryption(KeyRing keys, boolean configured, DecryptOptions options) {
        this.keys = keys;
        this.configured = configured;
        this.options = options;
    }

    /** A failure is the cause of the exception: a {@link SopsException}. */
    @Override
    public byte[] decrypt(EncryptedFile file, byte[] content) throws BuildException {
        Format named = Format.ofEntry(file.name());
        Format format = file.environment() && named == Format.BINARY ? Format.DOTENV : named;
        try {
            byte[] clear = Sops.decrypt(content, format, format, keys, options);
            built.add(new String(clear, StandardCharsets.UTF_8));
            return clear;
        } catch (SopsException e) {
            throw new BuildException(
                    "file " + file.path() + " cannot be decrypted: " + e.getMessage(),
                    new BuildException.Place(file.path(), 0, ""),
                    e);
        }
    }

    /** The message of a build without words of the files that were decrypted for it. */
    public String hideIn(String message) {
        return built.isEmpty() ? message : SecretValues.ofTexts(built).hideIn(message);
    }

    /** The objects in clear; those that are not encrypted are the same. */
    public List<KubernetesObject> decrypt(List<KubernetesObject> objects)
            throws DecryptionException {
        List<KubernetesObject> clear = new ArrayList<>(objects.size());
        for (KubernetesObject object : objects) {
            KubernetesObject decrypted = configured ? decrypt(object) : object;
            refuseCiphertext(decrypted);
            clear.add(decrypted);
        }
        return clear;
    }

    private KubernetesObject decrypt(KubernetesObject object) throws DecryptionException {
        try {
            return KubernetesObject.of(SopsObjects.decrypt(object.tree(), keys, options));
        } catch (SopsException e) {
            throw new DecryptionException(
                    object.id().display() + " cannot be decrypted: " + e.getMessage(),
                    e.kind() == SopsException.Kind.SERVICE);
        } catch (InvalidObjectException e) {
            throw new DecryptionException(
                    object.id().display() + " is no object once it is decrypted", false);
        }
    }

    private void refuseCiphertext(KubernetesObject object) throws DecryptionException {
        if (SopsObjects.isDisabled(object.tree())) {
            return;
        }
        List<String> left = SopsObjects.ciphertextIn(object.tree());
        if (left.isEmpty()) {
            return;
        }
        String where = object.id().display();
        if (!configured) {
            String kind = object.kind().equals("Secret") ? "secret" : "object";
            throw new DecryptionException(
                    where
                            + " is SOPS encrypted, configuring decryption is required for this "
                            + kind
                            + " to be reconciled",
                    false);
        }
        throw new DecryptionException(
                where
                        + (SopsObjects.hasStanza(object.tree())
                                ? " is still SOPS encrypted after decryption"
                                : " still holds an encrypted value at " + left.getFirst()),
                false);
    }
}
