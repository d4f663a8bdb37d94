package dev.sluice.kustomize.transform;

import dev.sluice.kustomize.api.BuildException;
import dev.sluice.kustomize.resource.Meta;
import dev.sluice.kustomize.resource.Resource;
import dev.sluice.kustomize.resource.Untagged;
import dev.sluice.yaml.Node;
import java.util.HashMap;
import java.util.Map;

/** A JSON patch, ready to be applied to resources. */
public final class ObjectPatch {

    /** Makes another object from one. */
    @FunctionalInterface
    public interface Edit {
        Node apply(Node object) throws BuildException;
    }

    private final Edit edit;

    public ObjectPatch(Edit edit) {
        this.edit = edit;
    }

    void applyTo(Resource resource) throws BuildException {
        // Upstream's notes are annotations: a patch that adds one relies on the mapping being
        // there.
        resource.exposeMarks();
        Untagged.settle(resource.node());
        Map<String, String> internal = resource.internalAnnotations();
        resource.replaceNode(edit.apply(resource.node()));
        Map<String, String> annotations = new HashMap<>(Meta.annotations(resource.node()));
        annotations.putAll(internal);
        Meta.setAnnotations(resource.node(), annotations);
        resource.hideMarks();
    }
}
