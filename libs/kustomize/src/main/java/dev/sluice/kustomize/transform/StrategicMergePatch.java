package dev.sluice.kustomize.transform;

import dev.sluice.kustomize.api.BuildException;
import dev.sluice.kustomize.resource.GeneratorMerge;
import dev.sluice.kustomize.resource.Meta;
import dev.sluice.kustomize.resource.ResId;
import dev.sluice.kustomize.resource.Resource;
import dev.sluice.kustomize.resource.ResourceSet;
import dev.sluice.yaml.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One strategic merge patch.
 *
 * @param patch the patch, an object with kind and name
 * @param allowNameChange the patch's name becomes that of its target
 * @param allowKindChange the patch's kind becomes that of its target
 * @param merger merges by the schema that is in use when the patch is applied
 */
record StrategicMergePatch(
        Resource patch, boolean allowNameChange, boolean allowKindChange, PatchMerger merger) {

    /** Applies the patch to one resource. */
    void applyTo(Resource target) throws BuildException {
        String name = target.name();
        String namespace = target.namespace();
        String kind = target.kind();
        if (allowNameChange || allowKindChange) {
            target.storePreviousId();
        }
        boolean reachesMarks = reachesMarks(patch.node());
        if (reachesMarks) {
            target.exposeMarks();
        }
        Node merged = merger.merge(patch.node(), target.node());
        if (merged == null) {
            target.markGone();
            return;
        }
        target.replaceNode(merged);
        if (reachesMarks) {
            target.absorbMarksStrictly();
        }
        if (target.isGone()) {
            return;
        }
        if (!allowKindChange) {
            Meta.setKind(merged, kind);
        }
        if (!allowNameChange) {
            Meta.setName(merged, name);
        }
        Meta.setNamespace(merged, namespace);
    }

    /**
     * Applies a copy of the patch to each of some resources, whatever kind and name the patch has.
     */
    void applyTo(List<Resource> selected, ResourceSet resources) throws BuildException {
        Set<ResId> ids = new HashSet<>();
        selected.forEach(resource -> ids.add(resource.currentId()));
        List<Resource> left = new ArrayList<>(resources.size());
        for (Resource resource : resources.resources()) {
            if (ids.contains(resource.currentId())) {
                Resource copy = patch.deepCopy();
                GeneratorMerge.inheritMetadata(copy, patch);
                Meta.setApiVersion(copy.node(), resource.gvk().apiVersion());
                Meta.setKind(copy.node(), patch.kind());
                new StrategicMergePatch(copy, allowNameChange, allowKindChange, merger)
                        .applyTo(resource);
            }
            if (!resource.isGone()) {
                left.add(resource);
            }
        }
        resources.setAll(left);
    }

    /**
     * Whether the patch removes or replaces all annotations, which upstream keeps its own notes in.
     */
    private static boolean reachesMarks(Node patch) {
        Node metadata = patch.get("metadata");
        return isSweeping(metadata)
                || (metadata != null && isSweeping(metadata.get("annotations")));
    }

    private static boolean isSweeping(@Nullable Node node) {
        return node != null && (node.isNull() || node.has("$patch"));
    }
}
