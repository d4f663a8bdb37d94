package dev.sluice.kustomize.transform;

import dev.sluice.kustomize.api.BuildException;
import dev.sluice.kustomize.fields.FieldSpec;
import dev.sluice.kustomize.fields.FieldWalker;
import dev.sluice.kustomize.fields.Fields;
import dev.sluice.kustomize.model.ReplicaRule;
import dev.sluice.kustomize.resource.Resource;
import dev.sluice.kustomize.resource.ResourceSet;
import dev.sluice.yaml.Kind;
import dev.sluice.yaml.Node;
import java.util.List;
import java.util.stream.Collectors;

/** Sets how many replicas the workloads of a name have. */
public final class ReplicaTransformer implements Transformer {

    private final ReplicaRule rule;
    private final List<FieldSpec> specs;

    public ReplicaTransformer(ReplicaRule rule, List<FieldSpec> specs) {
        this.rule = rule;
        this.specs = specs;
    }

    @Override
    public void transform(ResourceSet resources) throws BuildException {
        boolean found = false;
        for (FieldSpec spec : specs) {
            List<Resource> matches =
                    resources.withAnyId(id ->
                            id.name().equals(rule.name()) && id.gvk().isSelectedBy(spec.gvk()));
            for (Resource resource : matches) {
                found = true;
                FieldWalker.walk(
                        resource.node(),
                        spec,
                        Kind.SCALAR,
                        field -> Fields.setScalar(field, Node.integer(rule.count())));
            }
        }
        if (!found) {
            String kinds =
                    specs.stream()
                            .map(spec -> spec.gvk().toString())
                            .collect(Collectors.joining(" ", "[", "]"));
            throw new BuildException(
                    "resource with name "
                            + rule.name()
                            + " does not match a config with the following GVK "
                            + kinds);
        }
    }
}
