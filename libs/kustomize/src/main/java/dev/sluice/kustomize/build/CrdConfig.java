package dev.sluice.kustomize.build;

import dev.sluice.kustomize.api.BuildException;
import dev.sluice.kustomize.fields.FieldSpec;
import dev.sluice.kustomize.fields.NameReference;
import dev.sluice.kustomize.fields.TransformerConfig;
import dev.sluice.kustomize.fields.TransformerConfig.Section;
import dev.sluice.kustomize.load.Loader;
import dev.sluice.kustomize.resource.Gvk;
import dev.sluice.yaml.Node;
import dev.sluice.yaml.YamlException;
import dev.sluice.yaml.YamlReader;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds in the schemas of {@code crds} which fields hold annotations, labels, names, and references
 * by name.
 */
final class CrdConfig {

    private final Node definitions;
    private final Map<Section, List<FieldSpec>> sections = new EnumMap<>(Section.class);
    private final List<NameReference> references = new ArrayList<>();
    private final Set<String> open = new HashSet<>();

    private CrdConfig(Node definitions) {
        this.definitions = definitions;
    }

    static TransformerConfig load(List<String> paths, Loader loader, YamlReader reader)
            throws BuildException {
        TransformerConfig config = TransformerConfig.EMPTY;
        for (String path : paths) {
            try {
                config = config.merge(new CrdConfig(reader.read(loader.load(path))).read());
            } catch (YamlException e) {
                throw new BuildException(
                        "unable to parse open API definition from '"
                                + path
                                + "': "
                                + e.getMessage(),
                        new BuildException.Place(loader.pathOf(path), e.line(), ""),
                        e);
            }
        }
        return config;
    }

    private TransformerConfig read() {
        for (String name : definitions.keys()) {
            Node definition = definitions.get(name);
            if (definition != null && !definition.isMapping() && !definition.isNull()) {
                throw new YamlException(
                        "json: cannot unmarshal "
                                + name
                                + " into Go value of type accumulator.OpenAPIDefinition",
                        definition.line());
            }
            Node properties = properties(name);
            if (properties != null
                    && properties.has("kind")
                    && properties.has("apiVersion")
                    && properties.has("metadata")) {
                String kind = name.substring(name.lastIndexOf('.') + 1);
                visit(Gvk.ofKind(kind), name, "");
            }
        }
        return TransformerConfig.of(sections, references);
    }

    private @Nullable Node properties(String name) {
        Node definition = definitions.get(name);
        Node schema = definition == null ? null : definition.get("Schema");
        if (schema == null && definition != null) {
            schema = definition.get("schema");
        }
        return schema == null ? null : schema.get("properties");
    }

    private void visit(Gvk kind, String type, String path) {
        Node properties = properties(type);
        if (properties == null || !open.add(type)) {
            return;
        }
        properties
                .entries()
                .forEach(entry -> {
                    String here = path.isEmpty() ? entry.name() : path + "/" + entry.name();
                    visitProperty(kind, entry.value(), here);
                });
        open.remove(type);
    }

    private void visitProperty(Gvk kind, Node property, String path) {
        if (property.has("x-kubernetes-annotation")) {
            add(Section.COMMON_ANNOTATIONS, kind, path);
        }
        if (property.has("x-kubernetes-label-selector")) {
            add(Section.COMMON_LABELS, kind, path);
        }
        if (property.has("x-kubernetes-identity")) {
            add(Section.NAME_PREFIX, kind, path);
        }
        String version = property.text("x-kubernetes-object-ref-api-version");
        String target = property.text("x-kubernetes-object-ref-kind");
        if (version != null && target != null) {
            String key = property.text("x-kubernetes-object-ref-name-key");
            FieldSpec field = new FieldSpec(kind, path + "/" + (key == null ? "name" : key), false);
            references.add(new NameReference(new Gvk("", version, target), List.of(field)));
        }
        String reference = property.text("$ref");
        if (reference != null) {
            visit(kind, reference, path);
        }
    }

    private void add(Section section, Gvk kind, String path) {
        sections.computeIfAbsent(section, any -> new ArrayList<>())
                .add(new FieldSpec(kind, path, false));
    }
}
