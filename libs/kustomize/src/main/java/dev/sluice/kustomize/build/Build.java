package dev.sluice.kustomize.build;

import dev.sluice.kustomize.api.BuildException;
import dev.sluice.kustomize.api.BuildOptions;
import dev.sluice.kustomize.api.Reorder;
import dev.sluice.kustomize.fields.FieldSpec;
import dev.sluice.kustomize.fields.TransformerConfig.Section;
import dev.sluice.kustomize.load.Budget;
import dev.sluice.kustomize.load.Loader;
import dev.sluice.kustomize.model.Kustomization;
import dev.sluice.kustomize.model.SortOptions;
import dev.sluice.kustomize.resource.Meta;
import dev.sluice.kustomize.resource.Resource;
import dev.sluice.kustomize.resource.ResourceReader;
import dev.sluice.kustomize.resource.ResourceSet;
import dev.sluice.kustomize.resource.Untagged;
import dev.sluice.kustomize.transform.EntryTransformer;
import dev.sluice.kustomize.transform.HashTransformer;
import dev.sluice.kustomize.transform.NameReferenceTransformer;
import dev.sluice.kustomize.transform.SortTransformer;
import dev.sluice.kustomize.transform.VariableTransformer;
import dev.sluice.kustomize.tree.FileTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One build: the layers, and what is done once for all of them. */
public final class Build {

    private static final String LOCAL_CONFIG = "config.kubernetes.io/local-config";
    private static final String MANAGED_BY = "app.kubernetes.io/managed-by";

    /** The version of kustomize that this engine does as, which is what the label says there. */
    private static final String BEHAVES_AS = "kustomize-v5.8.2";

    private final BuildOptions options;
    private final BuildContext context;
    private final Layer layer;

    private Build(BuildOptions options, BuildContext context, Layer layer) {
        this.options = options;
        this.context = context;
        this.layer = layer;
    }

    /** What a build made: the resources in their order, and notes for the user. */
    public record Outcome(List<Resource> resources, List<String> warnings) {}

    /** Builds the kustomization in a directory of a tree. */
    public static Outcome run(FileTree tree, String path, BuildOptions options)
            throws BuildException {
        Budget budget = new Budget(options.limits(), System::nanoTime);
        BuildContext context = new BuildContext(options, budget);
        Layer layer = Layer.top(Loader.at(tree, path, options, budget), context);
        return new Build(options, context, layer).run();
    }

    private Outcome run() throws BuildException {
        Accumulator accumulator = new Accumulator();
        layer.accumulate(accumulator);
        ResourceSet resources = accumulator.resources();
        context.checkSchema();
        new HashTransformer().transform(resources);
        new NameReferenceTransformer(accumulator.config().nameReferences()).transform(resources);
        new VariableTransformer(
                        accumulator.variables().resolve(resources),
                        accumulator.config().specs(Section.VAR_REFERENCE))
                .transform(resources);
        dropLocal(resources);
        sort(resources);
        finish(resources);
        return new Outcome(List.copyOf(resources.resources()), List.copyOf(context.warnings()));
    }

    /** Leaves out what is there for the build alone. */
    private static void dropLocal(ResourceSet resources) throws BuildException {
        List<Resource> kept = new ArrayList<>(resources.size());
        for (Resource resource : resources.resources()) {
            if (resource.isGone()) {
                continue;
            }
            ResourceReader.validate(resource.node());
            String local = Meta.annotation(resource.node(), LOCAL_CONFIG);
            if (local == null || local.equals("false")) {
                kept.add(resource);
            }
        }
        // Two that a step has made one are found here, before they are put in order.
        new ResourceSet().appendAll(kept);
        resources.reorder(kept);
    }

    private void sort(ResourceSet resources) throws BuildException {
        SortOptions sortOptions = layer.kustomization().sortOptions();
        if (sortOptions != null) {
            new SortTransformer(sortOptions).transform(resources);
        } else if (options.reorder() == Reorder.LEGACY) {
            SortTransformer.legacy().transform(resources);
        }
    }

    private void finish(ResourceSet resources) throws BuildException {
        Kustomization kustomization = layer.kustomization();
        List<String> metadata = kustomization.buildMetadata();
        if (options.managedByLabel() || metadata.contains("managedByLabel")) {
            new EntryTransformer(
                            Map.of(MANAGED_BY, BEHAVES_AS),
                            List.of(FieldSpec.everywhere("metadata/labels", true)))
                    .transform(resources);
        }
        boolean origins = metadata.contains("originAnnotations");
        boolean transformations = metadata.contains("transformerAnnotations");
        for (Resource resource : resources.resources()) {
            Map<String, String> annotations = Meta.annotations(resource.node());
            if (!origins) {
                annotations.remove(Origin.ANNOTATION);
            }
            if (!transformations) {
                annotations.remove(Origin.TRANSFORMATIONS);
            }
            Meta.setAnnotations(resource.node(), annotations);
            Untagged.settle(resource.node());
        }
    }
}
