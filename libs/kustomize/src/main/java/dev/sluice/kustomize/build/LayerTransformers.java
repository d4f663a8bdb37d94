package dev.sluice.kustomize.build;

import dev.sluice.kustomize.api.BuildException;
import dev.sluice.kustomize.fields.FieldSpec;
import dev.sluice.kustomize.fields.FieldSpecs;
import dev.sluice.kustomize.fields.TransformerConfig;
import dev.sluice.kustomize.fields.TransformerConfig.Section;
import dev.sluice.kustomize.model.ImageRule;
import dev.sluice.kustomize.model.Kustomization;
import dev.sluice.kustomize.model.LabelRule;
import dev.sluice.kustomize.model.Patch;
import dev.sluice.kustomize.model.ReplicaRule;
import dev.sluice.kustomize.resource.Resource;
import dev.sluice.kustomize.transform.AffixTransformer;
import dev.sluice.kustomize.transform.EntryTransformer;
import dev.sluice.kustomize.transform.ImageTransformer;
import dev.sluice.kustomize.transform.NamespaceTransformer;
import dev.sluice.kustomize.transform.ReplicaTransformer;
import dev.sluice.kustomize.transform.Transformer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs a kustomization's transformers: those with fields of their own in their fixed order, then
 * those that resources configure.
 */
final class LayerTransformers {

    /** A transformer, with what resources say that changed them. */
    private record Step(Transformer transformer, @Nullable Origin origin) {}

    private static final FieldSpec METADATA_LABELS = FieldSpec.everywhere("metadata/labels", true);

    private final Layer layer;
    private final List<Step> steps = new ArrayList<>();

    LayerTransformers(Layer layer) {
        this.layer = layer;
    }

    /**
     * Makes all transformers, so that every mistake in their configurations is found, and then runs
     * them.
     */
    void run(Accumulator accumulator) throws BuildException {
        addPatches();
        addNames(accumulator.config());
        addLabels(accumulator.config());
        addRest(accumulator.config());
        Plugins plugins = new Plugins(layer);
        for (Resource config : plugins.configs(layer.kustomization().transformers())) {
            steps.add(new Step(plugins.transformer(config), Origin.ofPlugin(config)));
        }
        for (Step step : steps) {
            layer.context().budget().checkTime();
            step.transformer.transform(accumulator.resources());
            if (step.origin != null) {
                accumulator.resources().resources().forEach(step.origin::addTransformation);
            }
            accumulator.resources().dropGone();
        }
    }

    private void add(String kind, Transformer transformer) {
        Origin own = layer.origin();
        Origin origin =
                own == null
                        ? null
                        : Origin.builtIn(Origin.join(own.path(), layer.fileName()), kind);
        steps.add(new Step(transformer, origin));
    }

    private void addPatches() throws BuildException {
        Patches patches = new Patches(layer.loader(), layer.context());
        List<String> merges = layer.kustomization().patchesStrategicMerge();
        if (!merges.isEmpty()) {
            add("PatchStrategicMergeTransformer", patches.strategicMerges(merges));
        }
        for (Patch patch : layer.kustomization().patches()) {
            add("PatchTransformer", patches.patch(patch));
        }
    }

    private void addNames(TransformerConfig config) throws BuildException {
        Kustomization kustomization = layer.kustomization();
        if (!kustomization.namespace().isEmpty()) {
            add(
                    "NamespaceTransformer",
                    new NamespaceTransformer(
                            kustomization.namespace(),
                            config.specs(Section.NAMESPACE),
                            false,
                            NamespaceTransformer.Subjects.DEFAULT_ONLY));
        }
        if (!kustomization.namePrefix().isEmpty()) {
            add(
                    "PrefixTransformer",
                    AffixTransformer.prefix(
                            kustomization.namePrefix(), config.specs(Section.NAME_PREFIX)));
        }
        if (!kustomization.nameSuffix().isEmpty()) {
            add(
                    "SuffixTransformer",
                    AffixTransformer.suffix(
                            kustomization.nameSuffix(), config.specs(Section.NAME_SUFFIX)));
        }
    }

    private void addLabels(TransformerConfig config) throws BuildException {
        Kustomization kustomization = layer.kustomization();
        List<LabelRule> rules = kustomization.labels();
        for (LabelRule rule : rules) {
            add("LabelTransformer", new EntryTransformer(rule.pairs(), labelSpecs(rule, config)));
        }
        if (!rules.isEmpty() || !kustomization.commonLabels().isEmpty()) {
            add(
                    "LabelTransformer",
                    new EntryTransformer(
                            kustomization.commonLabels(), config.specs(Section.COMMON_LABELS)));
        }
        if (!kustomization.commonAnnotations().isEmpty()) {
            add(
                    "AnnotationsTransformer",
                    new EntryTransformer(
                            kustomization.commonAnnotations(),
                            config.specs(Section.COMMON_ANNOTATIONS)));
        }
    }

    private static List<FieldSpec> labelSpecs(LabelRule rule, TransformerConfig config)
            throws BuildException {
        try {
            List<FieldSpec> specs = FieldSpecs.merge(rule.fields(), config.specs(Section.LABELS));
            if (rule.includeSelectors()) {
                return FieldSpecs.merge(specs, config.specs(Section.COMMON_LABELS));
            }
            if (rule.includeTemplates()) {
                specs = FieldSpecs.merge(specs, config.specs(Section.TEMPLATE_LABELS));
            }
            if (rule.includeVolumeClaimTemplates()) {
                specs = FieldSpecs.merge(specs, config.specs(Section.VOLUME_CLAIM_TEMPLATE_LABELS));
            }
            return FieldSpecs.merge(specs, List.of(METADATA_LABELS));
        } catch (BuildException e) {
            throw e.within("failed to merge labels");
        }
    }

    private void addRest(TransformerConfig config) throws BuildException {
        Kustomization kustomization = layer.kustomization();
        Patches patches = new Patches(layer.loader(), layer.context());
        for (Patch patch : kustomization.patchesJson6902()) {
            add("PatchJson6902Transformer", patches.json6902(patch));
        }
        for (ReplicaRule rule : kustomization.replicas()) {
            add(
                    "ReplicaCountTransformer",
                    new ReplicaTransformer(rule, config.specs(Section.REPLICAS)));
        }
        addImages(kustomization.images(), config);
        if (!kustomization.replacements().isEmpty()) {
            add(
                    "ReplacementTransformer",
                    new Replacements(layer.loader(), layer.context())
                            .transformer(kustomization.replacements()));
        }
    }

    private void addImages(List<ImageRule> rules, TransformerConfig config) {
        List<FieldSpec> specs = config.specs(Section.IMAGES);
        if (layer.origin() == null) {
            if (!rules.isEmpty()) {
                add("ImageTagTransformer", new ImageTransformer(rules, specs));
            }
            return;
        }
        // Each rule is a step of its own in what resources say of their way.
        for (ImageRule rule : rules) {
            add("ImageTagTransformer", new ImageTransformer(List.of(rule), specs));
        }
    }
}
