package dev.sluice.rendering;

import dev.sluice.fluxapi.kustomize.KustomizationSpec;
import dev.sluice.kustomize.BuildResult;
import dev.sluice.kustomize.BuiltResource;
import dev.sluice.kustomize.Kustomize;
import dev.sluice.kustomize.api.BuildException;
import dev.sluice.kustomize.api.BuildLimits;
import dev.sluice.kustomize.api.BuildOptions;
import dev.sluice.kustomize.api.LoadRestrictor;
import dev.sluice.kustomize.tree.FileTree;
import dev.sluice.kustomize.tree.OverlayTree;
import dev.sluice.kustomize.tree.PathKind;
import dev.sluice.kustomize.tree.RecordingTree;
import dev.sluice.manifests.CanonicalJson;
import dev.sluice.manifests.InvalidObjectException;
import dev.sluice.manifests.KubernetesObject;
import dev.sluice.yaml.JsonTrees;
import dev.sluice.yaml.Node;
import dev.sluice.yaml.YamlException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Builds what a Kustomization asks for from the tree of its source. */
public final class KustomizationBuild {

    private final BuildOptions options;

    /**
     * @param limits of one build
     */
    public KustomizationBuild(BuildLimits limits) {
        this.options =
                BuildOptions.DEFAULT.withLoadRestrictor(LoadRestrictor.NONE).withLimits(limits);
    }

    /**
     * Builds over the files as they are.
     *
     * @throws PathNotFoundException where the artifact has no such folder
     * @throws BuildException where the folder cannot be built
     */
    public Rendering render(FileTree artifact, KustomizationSpec spec)
            throws PathNotFoundException, BuildException {
        return render(artifact, spec, Optional.empty());
    }

    /** Builds over decrypted files. */
    public Rendering render(FileTree artifact, KustomizationSpec spec, FileDecryption decryption)
            throws PathNotFoundException, BuildException {
        return render(artifact, spec, Optional.of(decryption));
    }

    private Rendering render(
            FileTree artifact, KustomizationSpec spec, Optional<FileDecryption> decryption)
            throws PathNotFoundException, BuildException {
        RecordingTree tree = new RecordingTree(artifact);
        String path = spec.path() == null ? "" : spec.path();
        String folder = FolderPath.inside("", path);
        if (tree.kind(folder) != PathKind.DIRECTORY) {
            throw new PathNotFoundException(path);
        }
        KustomizationFile file = KustomizationFile.findOrGenerate(tree, folder);
        Node merged = new SpecOverlay(tree, folder, spec).over(file);
        if (asksForNothing(file, merged)) {
            return new Rendering(List.of(), List.of(), tree.readSet());
        }
        List<EncryptedFile> encrypted =
                spec.decryption() == null ? List.of() : EncryptedFiles.find(tree, folder, merged);
        Map<String, byte[]> replaced = new LinkedHashMap<>();
        if (decryption.isPresent()) {
            for (EncryptedFile each : encrypted) {
                replaced.put(each.path(), decryption.get().decrypt(each, content(tree, each)));
            }
        }
        if (file.generated() || !merged.sameAs(file.content())) {
            replaced.put(file.path(), CanonicalJson.bytes(JsonTrees.toJson11(merged)));
        }
        FileTree over = replaced.isEmpty() ? tree : new OverlayTree(tree, replaced);
        BuildResult result = Kustomize.build(over, folder, options);
        return new Rendering(objects(result), encrypted, tree.readSet());
    }

    /** A folder without manifests is a success that holds nothing. */
    private static boolean asksForNothing(KustomizationFile file, Node merged) {
        Node resources = merged.get("resources");
        boolean nothingBelow = resources == null || resources.isEmpty();
        return file.generated() && nothingBelow && !merged.has("components");
    }

    private static byte[] content(FileTree tree, EncryptedFile file) throws BuildException {
        try {
            if (tree.size(file.path()) <= EncryptedFile.MOST_BYTES) {
                return tree.read(file.path());
            }
        } catch (IOException e) {
            throw new BuildException(file.path() + " cannot be read: " + e.getMessage(), e);
        }
        throw new BuildException(
                file.path() + " is encrypted and larger than 5 MiB: split it into smaller files");
    }

    private static List<KubernetesObject> objects(BuildResult result) throws BuildException {
        List<KubernetesObject> objects = new ArrayList<>(result.resources().size());
        for (BuiltResource resource : result.resources()) {
            try {
                objects.add(KubernetesObject.of(JsonTrees.toObject(resource.node())));
            } catch (InvalidObjectException | YamlException e) {
                throw new BuildException(
                        e.getMessage() + " (from " + resource.origin() + ")",
                        new BuildException.Place(resource.origin(), 0, ""),
                        e);
            }
        }
        return objects;
    }
}
