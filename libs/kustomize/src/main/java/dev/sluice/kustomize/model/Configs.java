package dev.sluice.kustomize.model;

import dev.sluice.kustomize.api.BuildException;
import dev.sluice.kustomize.fields.FieldSpec;
import dev.sluice.kustomize.model.Shape.Struct;
import dev.sluice.kustomize.resource.Selector;
import dev.sluice.yaml.Node;
import dev.sluice.yaml.YamlException;
import dev.sluice.yaml.YamlReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of a built-in generator or transformer that a resource gives. Fields that are
 * not known are passed over.
 */
public final class Configs {

    private static final Struct METADATA =
            new Struct("types.ObjectMeta").texts("name", "namespace");

    private static final Struct VALUE_TARGET =
            new Struct("builtins.Target")
                    .with("selector", Shapes.SELECTOR)
                    .texts("fieldPath")
                    .with("filePathPosition", Shape.INT);

    private static final Struct TRANSFORMER =
            new Struct("builtins.Plugin")
                    .with("metadata", METADATA)
                    .with("fieldSpecs", Shape.listOf(Shapes.FIELD_SPEC))
                    .with("annotations", Shape.TEXT_MAP)
                    .with("labels", Shape.TEXT_MAP)
                    .texts(
                            "prefix",
                            "suffix",
                            "path",
                            "patch",
                            "jsonOp",
                            "patches",
                            "value",
                            "targetFilePath")
                    .texts("setRoleBindingSubjects")
                    .textLists("paths")
                    .flags("unsetOnly")
                    .with("imageTag", Shapes.IMAGE)
                    .with("replica", Shapes.REPLICA)
                    .with("target", Shapes.SELECTOR)
                    .with(
                            "options",
                            new Struct("types.PatchArgs")
                                    .flags("allowNameChange", "allowKindChange"))
                    .with("replacements", Shape.listOf(Shapes.REPLACEMENT))
                    .with("targets", Shape.listOf(VALUE_TARGET));

    private static final Struct GENERATOR =
            new Struct("builtins.Plugin").with("metadata", METADATA).including(Shapes.SECRET_ARGS);

    private static final Struct IAM_POLICY =
            new Struct("types.IAMPolicyGeneratorArgs")
                    .texts("cloud")
                    .with(
                            "kubernetesService",
                            new Struct("types.KubernetesService").texts("name", "namespace"))
                    .with(
                            "serviceAccount",
                            new Struct("types.ServiceAccount").texts("name", "projectId"));

    private final Values values;

    private Configs(Values values) {
        this.values = values;
    }

    /** Reads a transformer's configuration. */
    public static Configs transformer(Node object, String file) throws BuildException {
        return new Configs(new Decoder(file, Decoder.Mode.LENIENT).decode(object, TRANSFORMER));
    }

    /** Reads the configuration of a ConfigMapGenerator or SecretGenerator. */
    public static GeneratorArgs generator(Node object, String file) throws BuildException {
        Values values = new Decoder(file, Decoder.Mode.LENIENT).decode(object, GENERATOR);
        Values metadata = values.struct("metadata");
        GeneratorArgs args = GeneratorArgs.ofPlugin(values);
        return metadata == null
                ? args
                : args.withDefaults(metadata.text("name"), metadata.text("namespace"));
    }

    /** Reads the configuration of an IAMPolicyGenerator. */
    public static IamPolicyArgs iamPolicy(Node object, String file) throws BuildException {
        Values values = new Decoder(file, Decoder.Mode.LENIENT).decode(object, IAM_POLICY);
        Values service = values.struct("kubernetesService");
        Values account = values.struct("serviceAccount");
        return new IamPolicyArgs(
                values.text("cloud"),
                service == null ? "" : service.text("name"),
                service == null ? "" : service.text("namespace"),
                account == null ? "" : account.text("name"),
                account == null ? "" : account.text("projectId"));
    }

    /**
     * Reads a file that an entry of {@code replacements} names: one replacement, or a list of them.
     */
    public static List<Replacement> replacements(byte[] content, String file, YamlReader reader)
            throws BuildException {
        Node root;
        try {
            root = reader.read(content);
        } catch (YamlException e) {
            throw new BuildException(
                    e.getMessage(), new BuildException.Place(file, e.line(), ""), e);
        }
        List<Replacement> replacements = new ArrayList<>();
        if (root.isMapping()) {
            replacements.add(
                    Replacement.of(
                            new Decoder(file, Decoder.Mode.LENIENT)
                                    .decode(root, Shapes.REPLACEMENT)));
        } else if (root.isSequence()) {
            for (Node item : root.items()) {
                replacements.add(
                        Replacement.of(
                                new Decoder(file, Decoder.Mode.LENIENT)
                                        .decode(item, Shapes.REPLACEMENT)));
            }
        } else {
            throw new BuildException(
                    "unsupported replacement type encountered within replacement path: "
                            + (root.isNull() ? "invalid" : "string"));
        }
        return replacements;
    }

    /** Reads the targets of the file that a ValueAddTransformer names. */
    public static List<ValueTarget> valueTargets(byte[] content, String file, YamlReader reader)
            throws BuildException {
        try {
            Struct shape = new Struct("targets").with("targets", Shape.listOf(VALUE_TARGET));
            return valueTargets(
                    new Decoder(file, Decoder.Mode.LENIENT).decode(reader.read(content), shape));
        } catch (YamlException e) {
            throw new BuildException(
                    e.getMessage(), new BuildException.Place(file, e.line(), ""), e);
        }
    }

    /** An entry of a ValueAddTransformer's targets. */
    public record ValueTarget(@Nullable Selector selector, String fieldPath, long position) {}

    private static List<ValueTarget> valueTargets(Values values) {
        return values.structs("targets").stream()
                .map(target -> {
                    Values selector = target.struct("selector");
                    return new ValueTarget(
                            selector == null ? null : Selectors.of(selector),
                            target.text("fieldPath"),
                            target.number("filePathPosition"));
                })
                .toList();
    }

    public List<ValueTarget> valueTargets() {
        return valueTargets(values);
    }

    public boolean hasFieldSpecs() {
        return values.has("fieldSpecs");
    }

    public List<FieldSpec> fieldSpecs() {
        return Selectors.fieldSpecs(values, "fieldSpecs");
    }

    /** The namespace in the metadata. */
    public String namespace() {
        Values metadata = values.struct("metadata");
        return metadata == null ? "" : metadata.text("namespace");
    }

    public String text(String field) {
        return values.text(field);
    }

    public boolean flag(String field) {
        return values.flag(field);
    }

    public List<String> texts(String field) {
        return values.texts(field);
    }

    public Map<String, String> textMap(String field) {
        return values.textMap(field);
    }

    public ImageRule image() {
        Values image = values.struct("imageTag");
        return ImageRule.of(image == null ? new Values(0) : image);
    }

    public ReplicaRule replica() {
        Values replica = values.struct("replica");
        return ReplicaRule.of(replica == null ? new Values(0) : replica);
    }

    public Patch patch() {
        return Patch.of(values);
    }

    public List<Replacement> replacements() {
        return values.structs("replacements").stream().map(Replacement::of).toList();
    }
}
