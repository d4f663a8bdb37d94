package dev.sluice.kustomize.model;

import dev.sluice.kustomize.api.BuildException;
import dev.sluice.kustomize.fields.FieldSpec;
import dev.sluice.kustomize.fields.NameReference;
import dev.sluice.kustomize.fields.TransformerConfig;
import dev.sluice.kustomize.fields.TransformerConfig.Section;
import dev.sluice.yaml.Node;
import dev.sluice.yaml.YamlException;
import dev.sluice.yaml.YamlReader;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the files that {@code configurations} names. */
public final class Configurations {

    private Configurations() {}

    /**
     * @throws BuildException where a field is unknown, given twice, or of the wrong type
     */
    public static TransformerConfig parse(byte[] content, String file, YamlReader reader)
            throws BuildException {
        try {
            Node root = reader.read(content);
            refuseDuplicates(root, file);
            Values values =
                    new Decoder(file, Decoder.Mode.CONFIGURATION)
                            .decode(root, Shapes.CONFIGURATION);
            Map<Section, List<FieldSpec>> sections = new EnumMap<>(Section.class);
            for (Section section : Section.values()) {
                sections.put(section, Selectors.fieldSpecs(values, section.field()));
            }
            List<NameReference> references =
                    values.structs("nameReference").stream()
                            .map(reference ->
                                    new NameReference(
                                            Selectors.gvk(reference),
                                            Selectors.fieldSpecs(reference, "fieldSpecs")))
                            .toList();
            return TransformerConfig.of(sections, references);
        } catch (YamlException e) {
            throw new BuildException(
                    "error converting YAML to JSON: " + e.getMessage(),
                    new BuildException.Place(file, e.line(), ""),
                    e);
        }
    }

    private static void refuseDuplicates(Node node, String file) throws BuildException {
        Set<String> seen = new HashSet<>();
        for (String key : node.keys()) {
            if (!seen.add(key)) {
                throw new BuildException(
                        "error converting YAML to JSON: yaml: unmarshal errors: key \""
                                + key
                                + "\" already set in map",
                        new BuildException.Place(file, node.line(), key),
                        null);
            }
        }
        for (Node child : node.content()) {
            if (!child.isAlias()) {
                refuseDuplicates(child, file);
            }
        }
    }
}
