package dev.sluice.kustomize.build;

import dev.sluice.kustomize.api.BuildException;
import dev.sluice.kustomize.resource.Meta;
import dev.sluice.kustomize.resource.Resource;
import dev.sluice.kustomize.resource.ResourceSet;
import dev.sluice.kustomize.transform.Transformer;
import dev.sluice.yaml.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Runs a kustomization's validators: transformers that may look at resources and change nothing but
 * one label.
 */
final class LayerValidators {

    private static final String VALIDATED_BY = "validated-by";

    private final Layer layer;

    LayerValidators(Layer layer) {
        this.layer = layer;
    }

    void run(ResourceSet resources) throws BuildException {
        if (layer.kustomization().validators().isEmpty()) {
            return;
        }
        Plugins plugins = new Plugins(layer);
        List<Transformer> validators = new ArrayList<>();
        for (Resource config : plugins.configs(layer.kustomization().validators())) {
            validators.add(plugins.transformer(config));
        }
        for (Transformer validator : validators) {
            List<Node> before =
                    resources.resources().stream()
                            .map(resource -> resource.node().deepCopy())
                            .toList();
            validator.transform(resources);
            refuseChanges(before, resources.resources());
        }
    }

    private static void refuseChanges(List<Node> before, List<Resource> after)
            throws BuildException {
        boolean same = before.size() == after.size();
        for (int i = 0; same && i < before.size(); i++) {
            Node now = after.get(i).node().deepCopy();
            Map<String, String> labels = Meta.labels(now);
            if (labels.remove(VALIDATED_BY) != null) {
                Meta.setLabels(now, labels);
            }
            same = now.sameAs(before.get(i));
        }
        if (!same) {
            throw new BuildException("validator shouldn't modify the resource map");
        }
    }
}
