package dev.sluice.fluxapi.crd;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.fluxapi.FluxObject;
import dev.sluice.fluxapi.schema.Patterns;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The page of one kind in {@code docs/reference}, made from its definition. */
record ReferencePage(Class<? extends FluxObject> kind) {

    String fileName() {
        return kind.getSimpleName().toLowerCase(Locale.ROOT) + ".md";
    }

    String text() {
        JsonNode spec = CustomResourceDefinitions.of(kind).path("spec");
        JsonNode stored = spec.at("/versions/0");
        JsonNode schema = stored.at("/schema/openAPIV3Schema");
        var page = new StringBuilder();
        page.append(
                "<!-- Generated from the types in libs/flux-api; see README.md beside this page. -->\n");
        page.append("# ").append(kind.getSimpleName()).append("\n\n");
        page.append(schema.path("description").asText()).append("\n\n");
        page.append("| | |\n| --- | --- |\n");
        row(
                page,
                "apiVersion",
                code(spec.path("group").asText() + "/" + stored.path("name").asText()));
        row(page, "also served", join(older(spec), ReferencePage::code));
        row(page, "plural, short names", names(spec.path("names")));
        row(
                page,
                "columns",
                join(
                        texts(stored.path("additionalPrinterColumns").findValues("name")),
                        name -> name));
        for (String part : List.of("spec", "status")) {
            JsonNode fields = schema.path("properties").path(part);
            if (fields.isObject()) {
                page.append("\n## ")
                        .append(part)
                        .append("\n\n")
                        .append(fields.path("description").asText())
                        .append('\n');
                appendRules(page, fields);
                page.append("\n| field | type | | meaning |\n| --- | --- | --- | --- |\n");
                appendFields(page, fields, "");
            }
        }
        appendLegacy(page, spec);
        return page.toString();
    }

    private static void appendRules(StringBuilder page, JsonNode schema) {
        if (schema.has("x-kubernetes-validations")) {
            page.append("\nRules:\n\n");
            schema.path("x-kubernetes-validations")
                    .forEach(rule ->
                            page.append("- ").append(rule.path("message").asText()).append('\n'));
        }
    }

    private static void appendFields(StringBuilder page, JsonNode schema, String prefix) {
        List<String> required = texts(schema.path("required").valueStream().toList());
        schema.path("properties")
                .properties()
                .forEach(property -> {
                    JsonNode field = property.getValue();
                    String name = prefix + property.getKey();
                    page.append("| ")
                            .append(code(name))
                            .append(" | ")
                            .append(type(field))
                            .append(" | ");
                    page.append(
                            String.join("; ", notes(field, required.contains(property.getKey()))));
                    page.append(" | ")
                            .append(escape(field.path("description").asText()))
                            .append(" |\n");
                    appendFields(page, field, name + ".");
                    appendFields(page, field.path("items"), name + "[].");
                    appendFields(page, field.path("additionalProperties"), name + ".*.");
                });
    }

    private static String type(JsonNode schema) {
        String type = schema.path("type").asText("any");
        return switch (type) {
            case "array" -> "list of " + type(schema.path("items"));
            case "object" ->
                    schema.has("additionalProperties")
                            ? "map of " + type(schema.path("additionalProperties"))
                            : "object";
            case "string" -> text(schema);
            default -> type;
        };
    }

    private static String text(JsonNode schema) {
        if (schema.path("format").asText().equals("date-time")) {
            return "time";
        }
        return switch (schema.path("pattern").asText()) {
            case Patterns.DURATION -> "duration";
            case Patterns.DURATION_WITHOUT_HOURS -> "duration up to minutes";
            default -> "string";
        };
    }

    private static List<String> notes(JsonNode field, boolean required) {
        var notes = new ArrayList<String>();
        if (required) {
            notes.add("**required**");
        }
        if (field.has("default")) {
            JsonNode def = field.path("default");
            notes.add("default " + code(def.isTextual() ? def.asText() : def.toString()));
        }
        JsonNode allowed =
                field.has("enum") ? field.path("enum") : field.path("items").path("enum");
        if (!allowed.isMissingNode()) {
            notes.add("one of " + join(texts(allowed.valueStream().toList()), ReferencePage::code));
        }
        if (field.has("pattern") && text(field).equals("string")) {
            notes.add("matches " + code(field.path("pattern").asText()));
        }
        bound(field, "Length", "characters", notes);
        bound(field, "Items", "items", notes);
        field.path("x-kubernetes-validations")
                .forEach(rule -> notes.add(rule.path("message").asText()));
        return notes.stream().distinct().toList();
    }

    private static void bound(JsonNode field, String what, String unit, List<String> notes) {
        String least = field.path("min" + what).asText();
        String most = field.path("max" + what).asText();
        if (!least.isEmpty() && !most.isEmpty()) {
            notes.add(least + " to " + most + " " + unit);
        } else if (!most.isEmpty()) {
            notes.add("at most " + most + " " + unit);
        } else if (!least.isEmpty()) {
            notes.add("at least " + least + " " + unit);
        }
    }

    private static void appendLegacy(StringBuilder page, JsonNode spec) {
        var known = new ArrayList<String>();
        collect(spec.at("/versions/0/schema/openAPIV3Schema"), "", known);
        var legacy = new StringBuilder();
        for (int i = 1; i < spec.path("versions").size(); i++) {
            JsonNode version = spec.path("versions").path(i);
            var fields = new ArrayList<String>();
            collect(version.at("/schema/openAPIV3Schema"), "", fields);
            fields.removeAll(known);
            if (!fields.isEmpty()) {
                legacy.append("- ")
                        .append(code(version.path("name").asText()))
                        .append(": ")
                        .append(join(fields, ReferencePage::code))
                        .append('\n');
            }
        }
        if (!legacy.isEmpty()) {
            page.append(
                            "\n## Fields of older versions\n\nAccepted in these versions, and dropped when the object is stored:\n\n")
                    .append(legacy);
        }
    }

    private static void collect(JsonNode schema, String prefix, List<String> fields) {
        schema.path("properties")
                .properties()
                .forEach(property -> {
                    fields.add(prefix + property.getKey());
                    collect(property.getValue(), prefix + property.getKey() + ".", fields);
                    collect(
                            property.getValue().path("items"),
                            prefix + property.getKey() + "[].",
                            fields);
                });
    }

    private static void row(StringBuilder page, String name, String value) {
        if (!value.isEmpty()) {
            page.append("| ").append(name).append(" | ").append(value).append(" |\n");
        }
    }

    private static List<String> older(JsonNode spec) {
        return spec.path("versions")
                .valueStream()
                .skip(1)
                .map(version -> version.path("name").asText())
                .toList();
    }

    private static String names(JsonNode names) {
        var all = new ArrayList<>(List.of(names.path("plural").asText()));
        all.addAll(texts(names.path("shortNames").valueStream().toList()));
        return join(all, ReferencePage::code);
    }

    private static List<String> texts(List<JsonNode> nodes) {
        return nodes.stream().map(JsonNode::asText).toList();
    }

    private static String join(List<String> texts, java.util.function.UnaryOperator<String> each) {
        return texts.stream().map(each).collect(Collectors.joining(", "));
    }

    private static String code(String text) {
        return "`" + escape(text) + "`";
    }

    /** A bar ends a cell of a table, in code too. */
    private static String escape(String text) {
        return text.replace("|", "\\|");
    }
}
