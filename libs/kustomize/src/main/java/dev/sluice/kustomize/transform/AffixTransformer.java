package dev.sluice.kustomize.transform;

import dev.sluice.kustomize.api.BuildException;
import dev.sluice.kustomize.fields.FieldSpec;
import dev.sluice.kustomize.fields.FieldWalker;
import dev.sluice.kustomize.fields.Fields;
import dev.sluice.kustomize.resource.Gvk;
import dev.sluice.kustomize.resource.ResId;
import dev.sluice.kustomize.resource.Resource;
import dev.sluice.kustomize.resource.ResourceSet;
import dev.sluice.yaml.Kind;
import dev.sluice.yaml.Node;
import java.util.List;

/** Puts a text before or behind the names of resources. */
public final class AffixTransformer implements Transformer {

    /** Kinds whose names mean something outside of the cluster's objects, and are kept. */
    private static final List<Gvk> KEPT =
            List.of(
                    Gvk.ofKind("CustomResourceDefinition"),
                    new Gvk("apiregistration.k8s.io", "", "APIService"),
                    Gvk.ofKind("Namespace"));

    private final String affix;
    private final boolean prefix;
    private final List<FieldSpec> specs;

    private AffixTransformer(String affix, boolean prefix, List<FieldSpec> specs) {
        this.affix = affix;
        this.prefix = prefix;
        this.specs = specs;
    }

    public static AffixTransformer prefix(String text, List<FieldSpec> specs) {
        return new AffixTransformer(text, true, specs);
    }

    public static AffixTransformer suffix(String text, List<FieldSpec> specs) {
        return new AffixTransformer(text, false, specs);
    }

    @Override
    public void transform(ResourceSet resources) throws BuildException {
        resources.idsMayChange();
        for (Resource resource : resources.resources()) {
            ResId original = resource.originalId();
            if (KEPT.stream().noneMatch(original.gvk()::isSelectedBy)) {
                for (FieldSpec spec : specs) {
                    if (original.gvk().isSelectedBy(spec.gvk())) {
                        apply(resource, spec);
                    }
                }
            }
        }
    }

    private void apply(Resource resource, FieldSpec spec) throws BuildException {
        if (spec.path().equals("metadata/name")) {
            remember(resource);
        }
        FieldWalker.walk(resource.node(), spec, Kind.SCALAR, this::set);
    }

    private void remember(Resource resource) {
        if (affix.isEmpty()) {
            return;
        }
        if (prefix) {
            resource.addPrefix(affix);
        } else {
            resource.addSuffix(affix);
        }
        resource.storePreviousId();
    }

    private void set(Node field) throws BuildException {
        Fields.setScalarUntagged(field, prefix ? affix + field.value() : field.value() + affix);
    }
}
