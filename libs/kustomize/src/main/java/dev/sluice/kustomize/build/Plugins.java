package dev.sluice.kustomize.build;

import dev.sluice.kustomize.api.BuildException;
import dev.sluice.kustomize.generate.DataGenerator;
import dev.sluice.kustomize.generate.Generator;
import dev.sluice.kustomize.generate.IamPolicyGenerator;
import dev.sluice.kustomize.model.Configs;
import dev.sluice.kustomize.resource.Resource;
import dev.sluice.kustomize.resource.ResourceSet;
import dev.sluice.kustomize.resource.Untagged;
import dev.sluice.kustomize.transform.AffixTransformer;
import dev.sluice.kustomize.transform.EntryTransformer;
import dev.sluice.kustomize.transform.HashTransformer;
import dev.sluice.kustomize.transform.ImageTransformer;
import dev.sluice.kustomize.transform.NamespaceTransformer;
import dev.sluice.kustomize.transform.ReplicaTransformer;
import dev.sluice.kustomize.transform.Transformer;
import dev.sluice.kustomize.transform.ValueAddTransformer;
import dev.sluice.kustomize.tree.TreePath;
import dev.sluice.yaml.YamlException;
import dev.sluice.yaml.YamlWriter;
import java.util.ArrayList;
import java.util.List;

/** Makes built-in generators and transformers from the resources that configure them. */
final class Plugins {

    private final Layer layer;

    Plugins(Layer layer) {
        this.layer = layer;
    }

    /** The resources that a list holds: inline, in files, or in kustomizations of their own. */
    List<Resource> configs(List<String> entries) throws BuildException {
        Accumulator accumulator = new Accumulator();
        List<String> paths = new ArrayList<>();
        for (String entry : entries) {
            List<Resource> inline;
            try {
                inline =
                        layer.context()
                                .reader()
                                .read(entry, layer.loader().pathOf(layer.fileName()));
                new ResourceSet().appendAll(inline);
            } catch (BuildException noResource) {
                paths.add(entry);
                continue;
            }
            Origin origin = layer.origin();
            if (origin != null) {
                inline.forEach(resource -> origin.append(layer.fileName()).annotate(resource));
            }
            accumulator.append(inline);
        }
        layer.addResources(accumulator, paths);
        accumulator.resources().resources().forEach(resource -> Untagged.settle(resource.node()));
        return accumulator.resources().resources();
    }

    Generator generator(Resource config) throws BuildException {
        requireBuiltIn(config);
        String file = config.originFile();
        text(config);
        try {
            return switch (config.kind()) {
                case "ConfigMapGenerator" ->
                        DataGenerator.configMap(
                                Configs.generator(config.node(), file),
                                layer.loader(),
                                layer.context().reader(),
                                file);
                case "SecretGenerator" ->
                        DataGenerator.secret(
                                Configs.generator(config.node(), file),
                                layer.loader(),
                                layer.context().reader(),
                                file);
                case "IAMPolicyGenerator" ->
                        new IamPolicyGenerator(
                                Configs.iamPolicy(config.node(), file),
                                layer.context().reader(),
                                file);
                case "HelmChartInflationGenerator" ->
                        throw new BuildException(
                                "must specify --enable-helm; this engine does not render Helm charts");
                default ->
                        throw new BuildException(
                                "plugin " + config.originalId() + " not a generator");
            };
        } catch (BuildException e) {
            throw e.within(
                    "failed to load generator: plugin "
                            + config.originalId()
                            + " fails configuration");
        }
    }

    Transformer transformer(Resource config) throws BuildException {
        requireBuiltIn(config);
        String text = text(config);
        try {
            Configs fields = Configs.transformer(config.node(), config.originFile());
            Transformer transformer = configured(config, fields, text);
            return reachesMarks(fields) ? exposingMarks(transformer) : transformer;
        } catch (UnknownPlugin e) {
            throw new BuildException(e.getMessage(), e);
        } catch (BuildException e) {
            throw e.within("plugin " + config.originalId() + " fails configuration");
        }
    }

    /**
     * A configuration as upstream hands it to the plugin, which fails where a key is there twice.
     */
    private static String text(Resource config) throws BuildException {
        try {
            return YamlWriter.manifest(config.node());
        } catch (YamlException e) {
            throw new BuildException(
                    "marshalling yaml from res " + config.originalId() + ": " + e.getMessage(),
                    new BuildException.Place(config.originFile(), e.line(), ""),
                    e);
        }
    }

    /** Whether the annotations, which upstream keeps its notes in, are fields that count. */
    private static boolean reachesMarks(Configs config) {
        return config.fieldSpecs().stream()
                .anyMatch(spec -> spec.path().startsWith("metadata/annotations"));
    }

    private static Transformer exposingMarks(Transformer transformer) {
        return resources -> {
            resources.resources().forEach(Resource::exposeMarks);
            transformer.transform(resources);
            resources.resources().forEach(Resource::absorbMarks);
        };
    }

    private static final class UnknownPlugin extends BuildException {
        UnknownPlugin(String message) {
            super(message);
        }
    }

    private static void requireBuiltIn(Resource config) throws BuildException {
        if (!config.gvk().apiVersion().equals("builtin")) {
            throw new BuildException(
                    "external plugins disabled; unable to load external plugin '"
                            + config.originalId().gvk().kind()
                            + "'");
        }
    }

    private Transformer configured(Resource resource, Configs config, String text)
            throws BuildException {
        return switch (resource.kind()) {
            case "AnnotationsTransformer" ->
                    new EntryTransformer(config.textMap("annotations"), config.fieldSpecs());
            case "LabelTransformer" ->
                    new EntryTransformer(config.textMap("labels"), config.fieldSpecs());
            case "HashTransformer" -> new HashTransformer();
            case "ImageTagTransformer" ->
                    new ImageTransformer(List.of(config.image()), config.fieldSpecs());
            case "ReplicaCountTransformer" ->
                    new ReplicaTransformer(config.replica(), config.fieldSpecs());
            case "NamespaceTransformer" ->
                    new NamespaceTransformer(
                            config.namespace(),
                            config.fieldSpecs(),
                            config.flag("unsetOnly"),
                            NamespaceTransformer.Subjects.of(
                                    config.text("setRoleBindingSubjects")));
            case "PrefixTransformer" -> affix(config, true);
            case "SuffixTransformer" -> affix(config, false);
            case "PrefixSuffixTransformer" -> {
                Transformer prefix = affix(config, true);
                Transformer suffix = affix(config, false);
                yield resources -> {
                    prefix.transform(resources);
                    suffix.transform(resources);
                };
            }
            default -> withFiles(resource, config, text);
        };
    }

    private Transformer withFiles(Resource resource, Configs config, String text)
            throws BuildException {
        Patches patches = new Patches(layer.loader(), layer.context());
        return switch (resource.kind()) {
            case "PatchTransformer" -> patches.patch(config.patch(), text);
            case "PatchJson6902Transformer" ->
                    patches.json6902(
                            config.patch().target(), config.text("path"), config.text("jsonOp"));
            case "PatchStrategicMergeTransformer" ->
                    patches.strategicMerges(config.texts("paths"), config.text("patches"));
            case "ReplacementTransformer" ->
                    new Replacements(layer.loader(), layer.context())
                            .transformer(config.replacements());
            case "ValueAddTransformer" -> valueAdd(config);
            case "ConfigMapGenerator", "SecretGenerator", "IAMPolicyGenerator" ->
                    throw new UnknownPlugin(
                            "plugin " + resource.originalId() + " not a transformer");
            default -> throw new UnknownPlugin("unable to load builtin " + resource.gvk());
        };
    }

    private static Transformer affix(Configs config, boolean prefix) throws BuildException {
        if (!config.hasFieldSpecs()) {
            throw new BuildException("fieldSpecs is not expected to be nil");
        }
        return prefix
                ? AffixTransformer.prefix(config.text("prefix"), config.fieldSpecs())
                : AffixTransformer.suffix(config.text("suffix"), config.fieldSpecs());
    }

    private Transformer valueAdd(Configs config) throws BuildException {
        String value = config.text("value").strip();
        if (value.isEmpty()) {
            value = TreePath.name(layer.loader().shownRoot());
        }
        List<Configs.ValueTarget> entries = new ArrayList<>(config.valueTargets());
        String file = config.text("targetFilePath");
        if (!file.isEmpty()) {
            entries.addAll(
                    Configs.valueTargets(
                            layer.loader().load(file),
                            layer.loader().pathOf(file),
                            layer.context().kustomizationReader()));
        }
        if (entries.isEmpty()) {
            throw new BuildException("must specify at least one target");
        }
        List<ValueAddTransformer.Target> targets = new ArrayList<>();
        for (Configs.ValueTarget entry : entries) {
            if (entry.fieldPath().isEmpty()) {
                throw new BuildException("fieldPath cannot be empty");
            }
            if (entry.position() < 0) {
                throw new BuildException(
                        "value of FilePathPosition (" + entry.position() + ") cannot be negative");
            }
            int position = (int) Math.min(entry.position(), Integer.MAX_VALUE);
            targets.add(
                    new ValueAddTransformer.Target(entry.selector(), entry.fieldPath(), position));
        }
        return new ValueAddTransformer(value, targets);
    }
}
