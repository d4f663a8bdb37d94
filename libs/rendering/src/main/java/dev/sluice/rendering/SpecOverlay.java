package dev.sluice.rendering;

import dev.sluice.fluxapi.Image;
import dev.sluice.fluxapi.Patch;
import dev.sluice.fluxapi.Selector;
import dev.sluice.fluxapi.kustomize.KustomizationSpec;
import dev.sluice.kustomize.api.BuildException;
import dev.sluice.kustomize.tree.FileTree;
import dev.sluice.kustomize.tree.PathKind;
import dev.sluice.yaml.Node;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lays a Kustomization's spec over a kustomization file, as Flux does: namespace, prefix and suffix
 * take the place of the file's own, patches and components come after the file's, images are merged
 * field by field.
 */
final class SpecOverlay {

    /** What kustomize knows at the top of its file. All else is left out, not refused. */
    private static final Set<String> KNOWN =
            Set.of(
                    "apiVersion",
                    "kind",
                    "metadata",
                    "openapi",
                    "namePrefix",
                    "nameSuffix",
                    "namespace",
                    "commonLabels",
                    "labels",
                    "commonAnnotations",
                    "patchesStrategicMerge",
                    "patchesJson6902",
                    "patches",
                    "images",
                    "imageTags",
                    "replacements",
                    "replicas",
                    "vars",
                    "sortOptions",
                    "resources",
                    "components",
                    "crds",
                    "bases",
                    "configMapGenerator",
                    "secretGenerator",
                    "helmGlobals",
                    "helmCharts",
                    "helmChartInflationGenerator",
                    "generatorOptions",
                    "configurations",
                    "generators",
                    "transformers",
                    "validators",
                    "buildMetadata");

    private final FileTree tree;
    private final String folder;
    private final KustomizationSpec spec;

    SpecOverlay(FileTree tree, String folder, KustomizationSpec spec) {
        this.tree = tree;
        this.folder = folder;
        this.spec = spec;
    }

    /** The file with the spec over it; the file itself is left as it is. */
    Node over(KustomizationFile file) throws BuildException {
        Node merged = file.content().deepCopy();
        for (String key : merged.keys()) {
            if (!KNOWN.contains(key)) {
                merged.remove(key);
            }
        }
        if (!file.generated() && isEmpty(merged.get("resources"))) {
            // Flux does so, for kustomize refuses a file that asks for nothing.
            merged.put("buildMetadata", Node.sequenceOf(List.of("originAnnotations")));
        }
        put(merged, "namespace", spec.targetNamespace());
        put(merged, "namePrefix", spec.namePrefix());
        put(merged, "nameSuffix", spec.nameSuffix());
        spec.patches().forEach(patch -> list(merged, "patches").add(patch(patch)));
        for (String component : spec.components()) {
            addComponent(merged, component);
        }
        spec.images().forEach(image -> mergeImage(list(merged, "images"), image));
        if (!spec.buildMetadata().isEmpty()) {
            merged.put("buildMetadata", Node.sequenceOf(spec.buildMetadata()));
        }
        return merged;
    }

    private void addComponent(Node merged, String component) throws BuildException {
        if (FolderPath.isRemote(component) || component.startsWith("/")) {
            throw new BuildException(
                    "component path '" + component + "' must be local and relative");
        }
        boolean there = tree.kind(FolderPath.inside(folder, component)) != PathKind.MISSING;
        if (there || !spec.ignoreMissingComponents()) {
            list(merged, "components").add(Node.string(component));
        }
    }

    private static Node patch(Patch patch) {
        Node node = Node.mapping().put("patch", patch.patch());
        @Nullable Selector target = patch.target();
        if (target != null) {
            Node selector = Node.mapping();
            put(selector, "group", target.group());
            put(selector, "version", target.version());
            put(selector, "kind", target.kind());
            put(selector, "name", target.name());
            put(selector, "namespace", target.namespace());
            put(selector, "labelSelector", target.labelSelector());
            put(selector, "annotationSelector", target.annotationSelector());
            node.put("target", selector);
        }
        return node;
    }

    /** Tag and digest are one: who sets one of them takes the other away. */
    private static void mergeImage(Node images, Image image) {
        Node entry =
                images.items().stream()
                        .filter(known -> image.name().equals(known.text("name")))
                        .findFirst()
                        .orElse(null);
        if (entry == null) {
            entry = Node.mapping().put("name", image.name());
            images.add(entry);
        }
        put(entry, "newName", image.newName());
        if (isSet(image.newTag()) || isSet(image.digest())) {
            entry.remove("newTag");
            entry.remove("digest");
            put(entry, "newTag", image.newTag());
            put(entry, "digest", image.digest());
        }
    }

    private static Node list(Node file, String key) {
        Node list = file.get(key);
        if (list == null || !list.isSequence()) {
            list = Node.sequence();
            file.put(key, list);
        }
        return list;
    }

    private static void put(Node mapping, String key, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            mapping.put(key, value);
        }
    }

    private static boolean isSet(@Nullable String value) {
        return value != null && !value.isEmpty();
    }

    private static boolean isEmpty(@Nullable Node list) {
        return list == null || !list.isSequence() || list.isEmpty();
    }
}
