package dev.sluice.helm.render;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.fluxapi.CommonMetadata;
import dev.sluice.fluxapi.FluxJson;
import dev.sluice.fluxapi.Groups;
import dev.sluice.fluxapi.Image;
import dev.sluice.fluxapi.Patch;
import dev.sluice.fluxapi.helm.HelmReleaseSpec;
import dev.sluice.kustomize.Kustomize;
import dev.sluice.kustomize.api.BuildException;
import dev.sluice.kustomize.api.BuildLimits;
import dev.sluice.kustomize.api.BuildOptions;
import dev.sluice.kustomize.api.LoadRestrictor;
import dev.sluice.kustomize.api.Reorder;
import dev.sluice.kustomize.tree.MemoryTree;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The post-renderers of a HelmRelease: its patches and images in their order, then its common
 * metadata, then the labels that tell whose release it is, which nothing overwrites. Hooks do not
 * come here.
 */
public final class PostRendering {

    private static final String INPUT = "helm-output.yaml";

    private final BuildOptions options;

    public PostRendering(BuildLimits limits) {
        // Helm has put the objects into the order that they are made in.
        this.options =
                BuildOptions.DEFAULT
                        .withLoadRestrictor(LoadRestrictor.NONE)
                        .withReorder(Reorder.NONE)
                        .withLimits(limits);
    }

    /**
     * The manifest as it is released.
     *
     * @param namespace and name of the HelmRelease
     * @throws BuildException where a patch does not fit, or the manifest holds no objects
     */
    public String render(String manifest, HelmReleaseSpec spec, String namespace, String name)
            throws BuildException {
        if (manifest.isBlank()) {
            return manifest;
        }
        String text = manifest;
        for (HelmReleaseSpec.PostRenderer renderer : spec.postRenderers()) {
            HelmReleaseSpec.Kustomize kustomize = renderer.kustomize();
            if (kustomize != null) {
                text = build(text, edits(kustomize));
            }
        }
        return build(text, marks(spec.commonMetadata(), namespace, name));
    }

    private static ObjectNode edits(HelmReleaseSpec.Kustomize kustomize) {
        ObjectNode file = JsonNodeFactory.instance.objectNode();
        ArrayNode patches = file.putArray("patches");
        for (Patch patch : kustomize.patches()) {
            patches.add(FluxJson.write(patch));
        }
        ArrayNode images = file.putArray("images");
        for (Image image : kustomize.images()) {
            images.add(FluxJson.write(image));
        }
        return file;
    }

    private static ObjectNode marks(
            @Nullable CommonMetadata common, String namespace, String name) {
        ObjectNode file = JsonNodeFactory.instance.objectNode();
        ArrayNode transformers = file.putArray("transformers");
        if (common != null) {
            add(transformers, "LabelTransformer", "labels", common.labels());
            add(transformers, "AnnotationsTransformer", "annotations", common.annotations());
        }
        Map<String, String> origin =
                Map.of(Groups.HELM + "/name", name, Groups.HELM + "/namespace", namespace);
        add(transformers, "LabelTransformer", "labels", origin);
        return file;
    }

    /** Only the objects' own metadata: templates and selectors are the chart's. */
    private static void add(
            ArrayNode transformers, String kind, String field, Map<String, String> entries) {
        if (entries.isEmpty()) {
            return;
        }
        ObjectNode transformer = JsonNodeFactory.instance.objectNode();
        transformer.put("apiVersion", "builtin").put("kind", kind);
        transformer.putObject("metadata").put("name", field + transformers.size());
        ObjectNode map = transformer.putObject(field);
        entries.forEach(map::put);
        transformer
                .putArray("fieldSpecs")
                .addObject()
                .put("path", "metadata/" + field)
                .put("create", true);
        transformers.add(transformer.toString());
    }

    private String build(String manifest, JsonNode kustomization) throws BuildException {
        ObjectNode file = (ObjectNode) kustomization;
        file.putArray("resources").add(INPUT);
        Map<String, byte[]> files =
                Map.of(
                        INPUT,
                        manifest.getBytes(StandardCharsets.UTF_8),
                        "kustomization.yaml",
                        file.toString().getBytes(StandardCharsets.UTF_8));
        return Kustomize.build(new MemoryTree(files), "", options).toYaml();
    }
}
