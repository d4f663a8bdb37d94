package dev.sluice.kustomize.transform;

import dev.sluice.kustomize.api.BuildException;
import dev.sluice.kustomize.model.Patch;
import dev.sluice.kustomize.resource.Resource;
import dev.sluice.kustomize.resource.ResourceSet;
import dev.sluice.kustomize.resource.Selector;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Applies an entry of {@code patches}: strategic merge patches or one JSON patch, to its target or
 * to what it names itself.
 */
public final class PatchTransformer implements Transformer {

    private final List<StrategicMergePatch> merges = new ArrayList<>();
    private final @Nullable ObjectPatch jsonPatch;
    private final @Nullable Selector target;
    private final String source;

    private PatchTransformer(
            @Nullable ObjectPatch jsonPatch, @Nullable Selector target, String source) {
        this.jsonPatch = jsonPatch;
        this.target = target;
        this.source = source;
    }

    /**
     * @param source how messages name the patch
     */
    public static PatchTransformer merging(
            List<Resource> patches, Patch entry, PatchMerger merger, String source) {
        PatchTransformer transformer = new PatchTransformer(null, entry.target(), source);
        patches.forEach(patch ->
                transformer.merges.add(
                        new StrategicMergePatch(
                                patch, entry.allowNameChange(), entry.allowKindChange(), merger)));
        return transformer;
    }

    /**
     * @param source how messages name the patch
     */
    public static PatchTransformer editing(
            ObjectPatch patch, @Nullable Selector target, String source) {
        return new PatchTransformer(patch, target, source);
    }

    @Override
    public void transform(ResourceSet resources) throws BuildException {
        resources.idsMayChange();
        if (jsonPatch != null) {
            edit(resources, jsonPatch);
        } else if (target != null) {
            mergeIntoTarget(resources, target);
        } else {
            mergeIntoNamed(resources);
        }
    }

    private void edit(ResourceSet resources, ObjectPatch patch) throws BuildException {
        if (target == null) {
            throw new BuildException("must specify a target for JSON patch " + source);
        }
        for (Resource resource : resources.select(target)) {
            resource.storePreviousId();
            patch.applyTo(resource);
        }
    }

    private void mergeIntoTarget(ResourceSet resources, Selector selector) throws BuildException {
        if (merges.size() > 1) {
            throw new BuildException(
                    "Multiple Strategic-Merge Patches in one `patches` entry is not allowed to set `patches.target` field: "
                            + source);
        }
        List<Resource> selected;
        try {
            selected = resources.select(selector);
        } catch (BuildException e) {
            throw e.within("unable to find patch target in `resources`");
        }
        for (StrategicMergePatch merge : merges) {
            merge.applyTo(selected, resources);
        }
    }

    private void mergeIntoNamed(ResourceSet resources) throws BuildException {
        for (StrategicMergePatch merge : merges) {
            Resource resource;
            try {
                resource = resources.byId(merge.patch().originalId());
            } catch (BuildException e) {
                throw e.within(
                        "no resource matches strategic merge patch \""
                                + merge.patch().originalId()
                                + "\"");
            }
            merge.applyTo(resource);
        }
    }
}
