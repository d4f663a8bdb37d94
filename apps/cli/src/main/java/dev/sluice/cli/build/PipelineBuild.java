package dev.sluice.cli.build;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.fluxapi.FluxJson;
import dev.sluice.fluxapi.MalformedObjectException;
import dev.sluice.fluxapi.kustomize.KustomizationSpec;
import dev.sluice.kustomize.api.BuildException;
import dev.sluice.kustomize.api.BuildLimits;
import dev.sluice.kustomize.tree.FileTree;
import dev.sluice.manifests.KubernetesObject;
import dev.sluice.rendering.Decryption;
import dev.sluice.rendering.DecryptionException;
import dev.sluice.rendering.KustomizationBuild;
import dev.sluice.rendering.PathNotFoundException;
import dev.sluice.rendering.Rendering;
import dev.sluice.sops.DecryptOptions;
import dev.sluice.sops.KeyRing;
import java.util.List;

/**
 * What the pipeline would apply of a folder: encrypted files of generators and patches are
 * decrypted before the build, objects and entries of Secrets after it. Without keys nothing is
 * decrypted, as where a Kustomization does not configure decryption; an encrypted object is refused
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
            throws BuildException, DecryptionException, PathNotFoundException {
        KustomizationBuild build = new KustomizationBuild(BuildLimits.DEFAULT);
        Decryption decryption = new Decryption(keys, decrypting, options);
        Rendering rendering =
                decrypting
                        ? build.render(tree, spec(path), decryption)
                        : build.render(tree, spec(path));
        return decryption.decrypt(rendering.objects());
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
}
