package dev.sluice.kustomize.model;

import dev.sluice.kustomize.api.BuildException;
import dev.sluice.yaml.Node;
import dev.sluice.yaml.YamlException;
import dev.sluice.yaml.YamlReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A kustomization file. Deprecated fields are taken in where newer ones say the same. */
public final class Kustomization {

    private static final String KUSTOMIZATION = "Kustomization";
    private static final String COMPONENT = "Component";

    private final Values values;

    private Kustomization(Values values) {
        this.values = values;
    }

    /**
     * Reads a file.
     *
     * @param file its path in the tree
     * @param reader with the limits of the build, for YAML 1.1
     * @throws BuildException where it is no kustomization, with the line and field where one is to
     *     blame
     */
    public static Kustomization parse(byte[] content, String file, YamlReader reader)
            throws BuildException {
        Kustomization kustomization;
        try {
            Node root = reader.read(content);
            kustomization =
                    new Kustomization(
                            new Decoder(file, Decoder.Mode.KUSTOMIZATION)
                                    .decode(root, Shapes.KUSTOMIZATION));
        } catch (YamlException e) {
            throw new BuildException(
                    "invalid Kustomization: " + e.getMessage(),
                    new BuildException.Place(file, e.line(), ""),
                    e);
        } catch (BuildException e) {
            throw e.within("invalid Kustomization");
        }
        if (kustomization.isEmpty()) {
            throw new BuildException(
                    "kustomization.yaml is empty", new BuildException.Place(file, 1, ""), null);
        }
        return kustomization;
    }

    private boolean isEmpty() {
        for (String field : values.names()) {
            boolean type = field.equals("kind") || field.equals("apiVersion");
            boolean blank = values.get(field) instanceof String text && text.isEmpty();
            if (!type && !blank) {
                return false;
            }
        }
        return true;
    }

    /** What is wrong with kind and apiVersion, a line for each; nothing where they are right. */
    public List<String> typeErrors() {
        List<String> errors = new ArrayList<>();
        String kind = kind();
        if (!kind.equals(KUSTOMIZATION) && !kind.equals(COMPONENT)) {
            errors.add("kind should be Kustomization or Component");
        }
        String required = "kustomize.config.k8s.io/" + (isComponent() ? "v1alpha1" : "v1beta1");
        String apiVersion = values.text("apiVersion");
        if (!apiVersion.isEmpty() && !apiVersion.equals(required)) {
            errors.add("apiVersion for " + kind + " should be " + required);
        }
        return errors;
    }

    /** The kind; {@code Kustomization} where the file says none. */
    public String kind() {
        String kind = values.text("kind");
        return kind.isEmpty() ? KUSTOMIZATION : kind;
    }

    public boolean isComponent() {
        return kind().equals(COMPONENT);
    }

    /** Notes on deprecated fields that the file uses, as {@code kustomize build} prints them. */
    public List<String> warnings() {
        return Deprecations.of(values);
    }

    public Map<String, String> openapi() {
        return values.textMap("openapi");
    }

    public String namePrefix() {
        return values.text("namePrefix");
    }

    public String nameSuffix() {
        return values.text("nameSuffix");
    }

    public String namespace() {
        return values.text("namespace");
    }

    public Map<String, String> commonLabels() {
        return values.textMap("commonLabels");
    }

    public List<LabelRule> labels() {
        return values.structs("labels").stream().map(LabelRule::of).toList();
    }

    public Map<String, String> commonAnnotations() {
        return values.textMap("commonAnnotations");
    }

    /** Strategic merge patches: each the patch itself or the path of its file. */
    public List<String> patchesStrategicMerge() {
        return values.texts("patchesStrategicMerge");
    }

    public List<Patch> patchesJson6902() {
        return values.structs("patchesJson6902").stream().map(Patch::of).toList();
    }

    public List<Patch> patches() {
        return values.structs("patches").stream().map(Patch::of).toList();
    }

    public List<ImageRule> images() {
        List<ImageRule> images = new ArrayList<>();
        values.structs("images").forEach(image -> images.add(ImageRule.of(image)));
        values.structs("imageTags").forEach(image -> images.add(ImageRule.of(image)));
        return images;
    }

    public List<Replacement> replacements() {
        return values.structs("replacements").stream().map(Replacement::of).toList();
    }

    public List<ReplicaRule> replicas() {
        return values.structs("replicas").stream().map(ReplicaRule::of).toList();
    }

    public List<Variable> vars() {
        return values.structs("vars").stream().map(Variable::of).toList();
    }

    /** Null where the file leaves the order to the caller. */
    public @Nullable SortOptions sortOptions() {
        return SortOptions.of(values.struct("sortOptions"));
    }

    public List<String> resources() {
        List<String> resources = new ArrayList<>(values.texts("resources"));
        resources.addAll(values.texts("bases"));
        return resources;
    }

    public List<String> components() {
        return values.texts("components");
    }

    public List<String> crds() {
        return values.texts("crds");
    }

    public List<GeneratorArgs> configMapGenerator() {
        return generators("configMapGenerator");
    }

    public List<GeneratorArgs> secretGenerator() {
        return generators("secretGenerator");
    }

    /** Whether the file asks for Helm charts, which this engine does not render. */
    public boolean hasHelmCharts() {
        return !values.structs("helmCharts").isEmpty()
                || !values.structs("helmChartInflationGenerator").isEmpty();
    }

    public List<String> configurations() {
        return values.texts("configurations");
    }

    public List<String> generators() {
        return values.texts("generators");
    }

    public List<String> transformers() {
        return values.texts("transformers");
    }

    public List<String> validators() {
        return values.texts("validators");
    }

    public List<String> buildMetadata() {
        return values.texts("buildMetadata");
    }

    private List<GeneratorArgs> generators(String field) {
        GeneratorOptions global = GeneratorOptions.of(values.struct("generatorOptions"));
        return values.structs(field).stream()
                .map(args -> GeneratorArgs.ofEntry(args).withGlobalOptions(global))
                .toList();
    }
}
