package dev.sluice.cli.build;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.fluxapi.FluxJson;
import dev.sluice.fluxapi.MalformedObjectException;
import dev.sluice.fluxapi.kustomize.KustomizationSpec;
import dev.sluice.kustomize.api.BuildException;
import dev.sluice.kustomize.api.BuildLimits;
import dev.sluice.kustomize.tree.FileTree;
import dev.sluice.manifests.InvalidObjectException;
import dev.sluice.manifests.KubernetesObject;
import dev.sluice.rendering.EncryptedFile;
import dev.sluice.rendering.KustomizationBuild;
import dev.sluice.rendering.PathNotFoundException;
import dev.sluice.rendering.Rendering;
import dev.sluice.sops.DecryptOptions;
import dev.sluice.sops.Format;
import dev.sluice.sops.KeyRing;
import dev.sluice.sops.Sops;
import dev.sluice.sops.SopsException;
import dev.sluice.sops.SopsObjects;
import java.util.ArrayList;
import java.util.List;

/**
 * What the pipeline would apply of a folder: encrypted files of generators and patches are
 * decrypted before the build, objects and entries of Secrets after it. Without keys nothing is
 * decrypted, as where a Kustomization does not configure decryption; an encrypted Secret is refused
 * then, too.
 */
public final class PipelineBuild {
    private final KeyRing keys;
    private final boolean decrypting;
    private final DecryptOptions options;

    /**
     * @param decrypting whether there are keys at all
     */
    public PipelineBuild(KeyRing keys, boolean decrypting, DecryptOptions options) {
        this.keys = keys;
        this.decrypting = decrypting;
        this.options = options;
    }

    /**
     * The objects in clear, in the order of the build.
     *
     * @param tree the whole source
     * @param path the folder within it
     */
    public List<KubernetesObject> objects(FileTree tree, String path)
            throws BuildException, PathNotFoundException {
        KustomizationBuild build = new KustomizationBuild(BuildLimits.DEFAULT);
        Rendering rendering =
                decrypting
                        ? build.render(tree, spec(path), this::decrypt)
                        : build.render(tree, spec(path));
        List<KubernetesObject> clear = new ArrayList<>();
        for (KubernetesObject object : rendering.objects()) {
            clear.add(decrypt(object));
        }
        return clear;
    }

    private KustomizationSpec spec(String path) {
        ObjectNode spec = JsonNodeFactory.instance.objectNode();
        spec.withObject("sourceRef").put("kind", "GitRepository").put("name", "local");
        spec.put("path", path).put("interval", "1m").put("prune", false);
        if (decrypting) {
            spec.withObject("decryption").put("provider", "sops");
        }
        try {
            return FluxJson.read(spec, KustomizationSpec.class);
        } catch (MalformedObjectException e) {
            throw new IllegalStateException("the spec is made above", e);
        }
    }

    private byte[] decrypt(EncryptedFile file, byte[] content) throws BuildException {
        Format named = Format.ofEntry(file.name());
        Format format = file.environment() && named == Format.BINARY ? Format.DOTENV : named;
        try {
            return Sops.decrypt(content, format, format, keys, options);
        } catch (SopsException e) {
            throw new BuildException(
                    "file " + file.path() + " cannot be decrypted: " + e.getMessage());
        }
    }

    private KubernetesObject decrypt(KubernetesObject object) throws BuildException {
        try {
            KubernetesObject clear =
                    decrypting
                            ? KubernetesObject.of(SopsObjects.decrypt(object.tree(), keys, options))
                            : object;
            refuseCiphertext(clear);
            return clear;
        } catch (SopsException e) {
            throw new BuildException(
                    object.id().display() + " cannot be decrypted: " + e.getMessage());
        } catch (InvalidObjectException e) {
            throw new BuildException(object.id().display() + " is no object once it is decrypted");
        }
    }

    private static void refuseCiphertext(KubernetesObject object) throws BuildException {
        boolean secret = object.kind().equals("Secret") && object.apiVersion().equals("v1");
        if (!secret || SopsObjects.isDisabled(object.tree())) {
            return;
        }
        List<String> left = SopsObjects.ciphertextIn(object.tree());
        if (!left.isEmpty()) {
            throw new BuildException(
                    object.id().display()
                            + " is SOPS encrypted (at "
                            + left.getFirst()
                            + "), and would not be applied: give the keys, and configure decryption");
        }
    }
}
