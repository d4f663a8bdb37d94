package dev.sluice.kustomize.schema;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.sluice.yaml.Anchors;
import dev.sluice.yaml.Entry;
import dev.sluice.yaml.Node;
import dev.sluice.yaml.YamlException;
import dev.sluice.yaml.YamlReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Makes types from an OpenAPI v2 document of a user: JSON or YAML with {@code definitions} and
 * perhaps {@code paths}.
 */
public final class SwaggerReader {
    /** Field of a definition that is nothing but a name for another type. */
    static final String ALIAS = "=";

    /** The code of a reference that leads to no definition. */
    static final String NOWHERE = ">-";

    private static final String PREFIX = "#/definitions/";
    private static final String KINDS = "x-kubernetes-group-version-kind";
    private static final int MAX_DEPTH = 200;
    private static final JsonFactory JSON = new JsonFactory();

    private final List<Map<String, String>> definitions;
    private final Map<String, Integer> numbers;
    private final Map<SchemaSet.TypeName, Integer> kinds = new HashMap<>();
    private final Map<SchemaSet.TypeName, Boolean> namespaced = new HashMap<>();

    private SwaggerReader(List<Map<String, String>> definitions, Map<String, Integer> numbers) {
        this.definitions = definitions;
        this.numbers = numbers;
    }

    /**
     * The types of a document.
     *
     * @throws YamlException where the text is neither YAML nor JSON, or nested beyond reason
     */
    public static SchemaSet read(String text) {
        SwaggerReader reader = new SwaggerReader(new ArrayList<>(), new HashMap<>());
        requireJson(text);
        Node document = Anchors.inline(YamlReader.MANIFEST.read(text));
        reader.definitions(document.get("definitions"));
        reader.scopes(document.get("paths"));
        return new SchemaSet(reader.definitions, reader.numbers, reader.kinds, reader.namespaced);
    }

    /** What starts as JSON must be JSON to its end. */
    private static void requireJson(String text) {
        if (!text.isEmpty() && text.charAt(0) != '{') {
            return;
        }
        try (JsonParser parser = JSON.createParser(text)) {
            int depth = 0;
            int values = 0;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (depth == 0 && ++values > 1) {
                    throw new YamlException(
                            "invalid JSON: text after the end of the document",
                            parser.currentLocation().getLineNr());
                }
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            }
            if (values == 0) {
                throw new YamlException("json: unable to unmarshal into Go spec.Swagger: EOF", 1);
            }
        } catch (JsonProcessingException e) {
            throw new YamlException(
                    "invalid JSON: " + e.getOriginalMessage(),
                    e.getLocation() == null ? 0 : e.getLocation().getLineNr());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A schema that stands by itself and may refer to definitions of a set. */
    static TypeSchema single(Node schema, SchemaSet set) {
        SwaggerReader reader = new SwaggerReader(new ArrayList<>(set.definitions()), set.names());
        String code = reader.code(schema, 0);
        SchemaSet extended =
                new SchemaSet(reader.definitions, reader.numbers, reader.kinds, reader.namespaced);
        return new TypeSchema(extended, code.equals(NOWHERE) ? "-" : code);
    }

    private void definitions(@Nullable Node found) {
        if (found == null) {
            return;
        }
        for (Entry entry : found.entries()) {
            numbers.put(entry.name(), definitions.size());
            definitions.add(new HashMap<>());
        }
        for (Entry entry : found.entries()) {
            Integer number = numbers.get(entry.name());
            if (number != null) {
                definition(definitions.get(number), number, entry.value());
            }
        }
    }

    private void definition(Map<String, String> fields, int number, Node schema) {
        if (schema.has("properties")) {
            fields(fields, schema, 0);
        } else {
            String code = code(schema, 0);
            if (!code.equals("-")) {
                fields.put(ALIAS, code);
            }
        }
        for (SchemaSet.TypeName kind : kindsOf(schema.get(KINDS))) {
            kinds.put(kind, number);
        }
    }

    private void fields(Map<String, String> fields, Node schema, int depth) {
        Node properties = schema.get("properties");
        if (properties != null) {
            properties
                    .entries()
                    .forEach(each -> fields.put(each.name(), code(each.value(), depth + 1)));
        }
        Node additional = schema.get("additionalProperties");
        if (additional != null && additional.isMapping()) {
            fields.put(SchemaSet.ANY_FIELD, code(additional, depth + 1));
        }
    }

    private String code(Node schema, int depth) {
        if (depth > MAX_DEPTH) {
            throw new YamlException("schema is nested deeper than " + MAX_DEPTH, schema.line());
        }
        String reference = schema.text("$ref");
        if (reference != null) {
            Integer number =
                    reference.startsWith(PREFIX)
                            ? numbers.get(reference.substring(PREFIX.length()))
                            : null;
            return number == null ? NOWHERE : ">" + number;
        }
        if ("array".equals(schema.text("type"))) {
            Node items = schema.get("items");
            return "[" + merge(schema) + (items == null ? "-" : code(items, depth + 1));
        }
        if (schema.has("properties")) {
            Map<String, String> inner = new HashMap<>();
            definitions.add(inner);
            int number = definitions.size() - 1;
            fields(inner, schema, depth);
            return ">" + number;
        }
        Node additional = schema.get("additionalProperties");
        return additional != null && additional.isMapping()
                ? "{" + code(additional, depth + 1)
                : "-";
    }

    private static String merge(Node schema) {
        String strategy = schema.text("x-kubernetes-patch-strategy");
        if (strategy == null) {
            return "";
        }
        String key = schema.text("x-kubernetes-patch-merge-key");
        Node several = schema.get("x-kubernetes-list-map-keys");
        StringJoiner keys = new StringJoiner("+");
        if (several != null) {
            several.items().forEach(each -> keys.add(each.value()));
        } else if (key != null) {
            keys.add(key);
        }
        return "!" + strategy.replace(",", "+") + "/" + keys + "!";
    }

    private static List<SchemaSet.TypeName> kindsOf(@Nullable Node found) {
        List<SchemaSet.TypeName> names = new ArrayList<>();
        if (found != null) {
            found.items().forEach(each -> addKind(names, each));
        }
        return names;
    }

    private static void addKind(List<SchemaSet.TypeName> names, Node kind) {
        String version = kind.text("version");
        String name = kind.text("kind");
        if (version != null && name != null) {
            String group = kind.text("group");
            names.add(
                    new SchemaSet.TypeName(
                            group == null || group.isEmpty() ? version : group + "/" + version,
                            name));
        }
    }

    /** A kind is namespaced where one of its paths names a namespace. */
    private void scopes(@Nullable Node paths) {
        if (paths == null) {
            return;
        }
        for (Entry path : paths.entries()) {
            Node kind = path.value().at("get", KINDS);
            if (kind == null || !kind.isMapping()) {
                continue;
            }
            List<SchemaSet.TypeName> names = new ArrayList<>();
            addKind(names, kind);
            boolean within = path.name().contains("namespaces/{namespace}");
            names.forEach(name -> namespaced.merge(name, within, Boolean::logicalOr));
        }
    }
}
