package dev.sluice.fluxapi.crd;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.fluxapi.Annotations;
import dev.sluice.fluxapi.FluxObject;
import dev.sluice.fluxapi.schema.Column;
import dev.sluice.fluxapi.schema.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * The custom resource definitions of the kinds. Older versions are served beside the stored one
 * with almost the same schema and are converted by name alone: fields that only they have are
 * accepted and dropped.
 */
public final class CustomResourceDefinitions {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private CustomResourceDefinitions() {}

    /** The definitions of all kinds. */
    public static List<ObjectNode> all() {
        return FluxKinds.ALL.stream().map(CustomResourceDefinitions::of).toList();
    }

    /** The definition of one kind. */
    public static ObjectNode of(Class<? extends FluxObject> type) {
        Kind kind = kindOf(type);
        ObjectNode definition = JSON.objectNode();
        definition
                .put("apiVersion", "apiextensions.k8s.io/v1")
                .put("kind", "CustomResourceDefinition");
        ObjectNode metadata = definition.putObject("metadata");
        metadata.put("name", kind.plural() + "." + kind.group());
        // A Kustomization that applies the definitions must not fill in variables: the descriptions
        // and
        // patterns may look like some.
        metadata.putObject("annotations").put(Annotations.SUBSTITUTE, Annotations.DISABLED);
        ObjectNode spec = definition.putObject("spec");
        spec.put("group", kind.group()).put("scope", "Namespaced");
        spec.set("names", names(type.getSimpleName(), kind));
        spec.putObject("conversion").put("strategy", "None");
        ArrayNode versions = spec.putArray("versions");
        for (String version : versions(kind)) {
            versions.add(version(type, kind, version));
        }
        return definition;
    }

    /** The stored version and, after it, the older ones from new to old. */
    public static List<String> versions(Kind kind) {
        var versions = new ArrayList<>(List.of(kind.version()));
        versions.addAll(Arrays.asList(kind.legacyVersions()));
        return versions;
    }

    /** What the annotation of a kind says. */
    public static Kind kindOf(Class<? extends FluxObject> type) {
        return Objects.requireNonNull(
                type.getAnnotation(Kind.class), type + " is not annotated with @Kind");
    }

    private static ObjectNode names(String name, Kind kind) {
        ObjectNode names = JSON.objectNode();
        names.put("kind", name).put("listKind", name + "List");
        names.put("plural", kind.plural()).put("singular", name.toLowerCase(Locale.ROOT));
        if (kind.shortNames().length > 0) {
            Arrays.stream(kind.shortNames()).forEach(names.putArray("shortNames")::add);
        }
        ArrayNode categories = names.putArray("categories").add("all").add("fluxcd");
        Arrays.stream(kind.categories()).forEach(categories::add);
        return names;
    }

    private static ObjectNode version(Class<? extends FluxObject> type, Kind kind, String version) {
        boolean stored = version.equals(kind.version());
        ObjectNode node = JSON.objectNode();
        node.put("name", version).put("served", true).put("storage", stored);
        if (!stored) {
            node.put("deprecated", true);
            node.put(
                    "deprecationWarning",
                    "%s/%s %s is out of date, use %s"
                            .formatted(
                                    kind.group(), version, type.getSimpleName(), kind.version()));
        }
        ArrayNode columns = node.putArray("additionalPrinterColumns");
        for (Column column : kind.columns()) {
            columns.add(column(column));
        }
        ObjectNode schema = new Schemas(version, stored).ofKind(type, kind);
        node.putObject("schema").set("openAPIV3Schema", schema);
        if (hasStatus(type)) {
            node.putObject("subresources").putObject("status");
        }
        return node;
    }

    private static boolean hasStatus(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .anyMatch(c -> c.getName().equals("status"));
    }

    private static ObjectNode column(Column column) {
        ObjectNode node = JSON.objectNode();
        node.put("name", column.name()).put("type", column.type()).put("jsonPath", column.path());
        if (column.priority() > 0) {
            node.put("priority", column.priority());
        }
        return node;
    }
}
