package dev.sluice.kustomize.build;

import dev.sluice.kustomize.api.BuildException;
import dev.sluice.kustomize.generate.DataGenerator;
import dev.sluice.kustomize.generate.Generator;
import dev.sluice.kustomize.model.GeneratorArgs;
import dev.sluice.kustomize.model.Kustomization;
import dev.sluice.kustomize.resource.Meta;
import dev.sluice.kustomize.resource.Resource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs a kustomization's generators: those with fields of their own, then those that resources
 * configure.
 */
final class LayerGenerators {

    /** A generator, with what its resources say that they come from. */
    private record Step(Generator generator, @Nullable Origin origin) {}

    private final Layer layer;

    LayerGenerators(Layer layer) {
        this.layer = layer;
    }

    void run(Accumulator accumulator) throws BuildException {
        for (Step step : steps()) {
            List<Resource> generated = step.generator.generate();
            if (step.origin != null) {
                for (Resource resource : generated) {
                    if (Meta.annotation(resource.node(), Origin.ANNOTATION) == null) {
                        step.origin.annotate(resource);
                    }
                }
            }
            try {
                for (Resource resource : generated) {
                    accumulator.resources().absorb(resource);
                }
            } catch (BuildException e) {
                throw e.within("merging from generator");
            }
            layer.context().budget().resourcesHeld(accumulator.resources().size());
        }
    }

    private List<Step> steps() throws BuildException {
        Kustomization kustomization = layer.kustomization();
        List<Step> steps = new ArrayList<>();
        String file = layer.loader().pathOf(layer.fileName());
        for (GeneratorArgs args : kustomization.configMapGenerator()) {
            steps.add(
                    new Step(
                            DataGenerator.configMap(
                                    args, layer.loader(), layer.context().reader(), file),
                            origin("ConfigMapGenerator")));
        }
        for (GeneratorArgs args : kustomization.secretGenerator()) {
            steps.add(
                    new Step(
                            DataGenerator.secret(
                                    args, layer.loader(), layer.context().reader(), file),
                            origin("SecretGenerator")));
        }
        if (kustomization.hasHelmCharts()) {
            throw new BuildException(
                    "trouble configuring builtin HelmChartInflationGenerator: must specify --enable-helm;"
                            + " this engine does not render Helm charts");
        }
        try {
            Plugins plugins = new Plugins(layer);
            for (Resource config : plugins.configs(kustomization.generators())) {
                steps.add(new Step(plugins.generator(config), Origin.ofPlugin(config)));
            }
        } catch (BuildException e) {
            throw e.within("loading generator plugins");
        }
        return steps;
    }

    private @Nullable Origin origin(String kind) {
        Origin own = layer.origin();
        return own == null ? null : Origin.builtIn(Origin.join(own.path(), layer.fileName()), kind);
    }
}
