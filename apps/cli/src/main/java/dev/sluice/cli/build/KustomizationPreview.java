package dev.sluice.cli.build;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.fluxapi.CommonMetadata;
import dev.sluice.fluxapi.FluxJson;
import dev.sluice.fluxapi.MalformedObjectException;
import dev.sluice.fluxapi.kustomize.KustomizationSpec;
import dev.sluice.kubernetes.apply.Owner;
import dev.sluice.kustomize.api.BuildException;
import dev.sluice.kustomize.api.BuildLimits;
import dev.sluice.kustomize.tree.DirectoryTree;
import dev.sluice.manifests.KubernetesObject;
import dev.sluice.manifests.Substitution;
import dev.sluice.manifests.SubstitutionException;
import dev.sluice.rendering.KustomizationBuild;
import dev.sluice.rendering.PathNotFoundException;
import dev.sluice.sops.SopsObjects;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a Kustomization would make of local files, without its keys: what SOPS encrypted is replaced
 * by a mark, so that nothing of it is shown or sent.
 */
public final class KustomizationPreview {

    /** Stands where a value is encrypted. */
    static final String MARK = "**SOPS**";

    static final String ENCODED_MARK =
            Base64.getEncoder().encodeToString(MARK.getBytes(StandardCharsets.UTF_8));

    private final ObjectNode kustomization;
    private final Map<String, String> variables;
    private final boolean strict;

    /**
     * @param kustomization the object, as the cluster or a file has it
     * @param variables for its {@code postBuild}: what its sources hold, and its own
     * @param strict whether a variable without a value is an error
     */
    public KustomizationPreview(
            ObjectNode kustomization, Map<String, String> variables, boolean strict) {
        this.kustomization = kustomization;
        this.variables = variables;
        this.strict = strict;
    }

    /**
     * The objects, labelled for their owner, in the order of the build.
     *
     * @param folder with the files of {@code spec.path}
     * @throws BuildException where the folder can't be built, or variables can't be filled in
     */
    public List<KubernetesObject> objects(Path folder)
            throws BuildException, PathNotFoundException, MalformedObjectException, IOException {
        Path start = folder.toAbsolutePath().normalize();
        Path root = SourceRoot.of(start);
        KustomizationSpec spec = spec(root.relativize(start).toString());
        List<KubernetesObject> objects = new ArrayList<>();
        for (KubernetesObject built :
                new KustomizationBuild(BuildLimits.DEFAULT)
                        .render(new DirectoryTree(root), spec)
                        .objects()) {
            KubernetesObject filled = filled(masked(built));
            label(filled, spec.commonMetadata());
            objects.add(filled);
        }
        return objects;
    }

    private KustomizationSpec spec(String path) throws MalformedObjectException {
        JsonNode own = kustomization.path("spec");
        ObjectNode spec = own.isObject() ? own.deepCopy() : kustomization.objectNode();
        spec.put("path", path);
        return FluxJson.read(spec, KustomizationSpec.class);
    }

    private static KubernetesObject masked(KubernetesObject object) {
        ObjectNode tree = object.tree();
        if (SopsObjects.ciphertextIn(tree).isEmpty() && !SopsObjects.hasStanza(tree)) {
            return object;
        }
        KubernetesObject masked = object.copy();
        masked.tree().remove("sops");
        mask(masked.tree().path("data"), ENCODED_MARK);
        mask(masked.tree().path("stringData"), MARK);
        return masked;
    }

    private static void mask(JsonNode entries, String mark) {
        if (entries instanceof ObjectNode map) {
            map.properties().forEach(entry -> entry.setValue(map.textNode(mark)));
        }
    }

    private KubernetesObject filled(KubernetesObject object) throws BuildException {
        boolean asked =
                !variables.isEmpty()
                        || kustomization
                                .at("/spec/postBuild/substituteStrategy")
                                .asText()
                                .equals("Always");
        if (!asked) {
            return object;
        }
        try {
            return new Substitution(variables, strict).fill(object);
        } catch (SubstitutionException e) {
            throw new BuildException("post build failed: " + e.getMessage(), e);
        }
    }

    private void label(KubernetesObject object, @Nullable CommonMetadata common) {
        Owner owner =
                Owner.kustomization(
                        kustomization.at("/metadata/namespace").asText(),
                        kustomization.at("/metadata/name").asText());
        object.putLabel(owner.nameLabel(), owner.name());
        object.putLabel(owner.namespaceLabel(), owner.namespace());
        if (common != null) {
            common.labels().forEach(object::putLabel);
            common.annotations().forEach(object::putAnnotation);
        }
    }
}
