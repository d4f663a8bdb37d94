package dev.sluice.fluxapi.crd;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.fluxapi.GoDuration;
import dev.sluice.fluxapi.Timestamp;
import dev.sluice.fluxapi.schema.Field;
import dev.sluice.fluxapi.schema.Kind;
import dev.sluice.fluxapi.schema.Legacy;
import dev.sluice.fluxapi.schema.Patterns;
import dev.sluice.fluxapi.schema.Rule;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The OpenAPI schemas of records, for one version of a kind.
 *
 * @param version the version, which decides on the legacy fields
 * @param stored whether it is the stored version, which has none
 */
record Schemas(String version, boolean stored) {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** The schema of an object: its type, its spec and its status. */
    ObjectNode ofKind(Class<?> type, Kind kind) {
        ObjectNode schema =
                JSON.objectNode().put("description", kind.value()).put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        properties.set(
                "apiVersion",
                text("The group and version of the API that the object is written in."));
        properties.set("kind", text("The kind of the object."));
        properties.putObject("metadata").put("type", "object");
        for (RecordComponent component : type.getRecordComponents()) {
            if (component.isAnnotationPresent(Field.class)) {
                properties.set(component.getName(), ofComponent(component));
            }
        }
        if (properties.get("status") instanceof ObjectNode status && kind.unobservedAtFirst()) {
            status.putObject("default").put("observedGeneration", -1);
        }
        addLegacyFields(type, properties);
        return schema;
    }

    private static ObjectNode text(String description) {
        return JSON.objectNode().put("description", description).put("type", "string");
    }

    private ObjectNode ofComponent(RecordComponent component) {
        Field field = fieldOf(component);
        ObjectNode schema = JSON.objectNode().put("description", field.value());
        schema.setAll(ofType(component.getGenericType()));
        if (!field.pattern().isEmpty()) {
            schema.put("pattern", field.pattern());
        }
        if (field.allowed().length > 0) {
            ObjectNode constrained =
                    schema.get("items") instanceof ObjectNode items ? items : schema;
            Arrays.stream(field.allowed()).forEach(constrained.putArray("enum")::add);
        }
        addBounds(schema, field);
        addMergeRules(schema, field);
        if (!field.def().isEmpty()) {
            schema.set("default", defaultOf(component, field));
        }
        return schema;
    }

    private static Field fieldOf(RecordComponent component) {
        Field field = component.getAnnotation(Field.class);
        if (field == null) {
            throw new IllegalStateException(
                    component.getDeclaringRecord() + ": " + component + " has no @Field");
        }
        return field;
    }

    private static void addBounds(ObjectNode schema, Field field) {
        String what =
                switch (schema.path("type").asText()) {
                    case "array" -> "Items";
                    case "integer" -> "imum";
                    default -> "Length";
                };
        if (field.min() >= 0) {
            schema.put("min" + what, field.min());
        }
        if (field.max() >= 0) {
            schema.put("max" + what, field.max());
        }
    }

    private static void addMergeRules(ObjectNode schema, Field field) {
        if (field.atomic()) {
            boolean list = schema.path("type").asText().equals("array");
            schema.put(list ? "x-kubernetes-list-type" : "x-kubernetes-map-type", "atomic");
        }
        if (field.keys().length > 0) {
            schema.put("x-kubernetes-list-type", "map");
            Arrays.stream(field.keys()).forEach(schema.putArray("x-kubernetes-list-map-keys")::add);
        }
    }

    private static JsonNode defaultOf(RecordComponent component, Field field) {
        if (component.getType().equals(String.class)
                || component.getType().equals(GoDuration.class)) {
            return JSON.textNode(field.def());
        }
        try {
            return MAPPER.readTree(field.def());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(component + ": the default is not JSON", e);
        }
    }

    private ObjectNode ofType(Type type) {
        if (type instanceof ParameterizedType generic) {
            return ofGeneric(generic);
        }
        Class<?> raw = (Class<?>) type;
        if (raw.equals(String.class)) {
            return typed("string");
        }
        if (raw.equals(GoDuration.class)) {
            return typed("string").put("pattern", Patterns.DURATION);
        }
        if (raw.equals(Timestamp.class)) {
            return typed("string").put("format", "date-time");
        }
        if (raw.equals(boolean.class) || raw.equals(Boolean.class)) {
            return typed("boolean");
        }
        if (raw.equals(int.class) || raw.equals(Integer.class)) {
            return typed("integer");
        }
        if (raw.equals(long.class) || raw.equals(Long.class)) {
            return typed("integer").put("format", "int64");
        }
        if (raw.equals(JsonNode.class)) {
            return JSON.objectNode().put("x-kubernetes-preserve-unknown-fields", true);
        }
        return raw.isEnum() ? ofEnum(raw) : ofRecord(raw);
    }

    private ObjectNode ofGeneric(ParameterizedType type) {
        Type[] arguments = type.getActualTypeArguments();
        if (type.getRawType().equals(List.class)) {
            ObjectNode schema = typed("array");
            schema.set("items", ofType(arguments[0]));
            return schema;
        }
        if (type.getRawType().equals(Map.class)) {
            ObjectNode schema = typed("object");
            schema.set("additionalProperties", ofType(arguments[1]));
            return schema;
        }
        throw new IllegalStateException("no schema for " + type);
    }

    private static ObjectNode ofEnum(Class<?> type) {
        ObjectNode schema = typed("string");
        ArrayNode values = schema.putArray("enum");
        for (java.lang.reflect.Field constant : type.getFields()) {
            JsonProperty name = constant.getAnnotation(JsonProperty.class);
            values.add(name == null ? constant.getName() : name.value());
        }
        return schema;
    }

    private ObjectNode ofRecord(Class<?> type) {
        if (!type.isRecord()) {
            throw new IllegalStateException("no schema for " + type);
        }
        ObjectNode schema = typed("object");
        var required = new ArrayList<String>();
        ObjectNode properties = schema.putObject("properties");
        for (RecordComponent component : type.getRecordComponents()) {
            properties.set(nameOf(component), ofComponent(component));
            if (isRequired(component)) {
                required.add(nameOf(component));
            }
        }
        addLegacyFields(type, properties);
        if (!required.isEmpty()) {
            required.forEach(schema.putArray("required")::add);
        }
        Rule[] rules = type.getAnnotationsByType(Rule.class);
        if (rules.length > 0) {
            ArrayNode validations = schema.putArray("x-kubernetes-validations");
            for (Rule rule : rules) {
                validations.addObject().put("rule", rule.value()).put("message", rule.message());
            }
        }
        return schema;
    }

    private void addLegacyFields(Class<?> type, ObjectNode properties) {
        for (Legacy legacy : type.getAnnotationsByType(Legacy.class)) {
            List<String> versions = List.of(legacy.versions());
            if (stored || (!versions.isEmpty() && !versions.contains(version))) {
                continue;
            }
            ObjectNode schema =
                    properties.putObject(legacy.value()).put("description", legacy.description());
            switch (legacy.type()) {
                case STRING -> schema.put("type", "string");
                case BOOLEAN -> schema.put("type", "boolean");
                case OBJECT -> schema.setAll(anything());
                case ARRAY -> schema.put("type", "array").set("items", anything());
            }
        }
    }

    private static ObjectNode anything() {
        return typed("object").put("x-kubernetes-preserve-unknown-fields", true);
    }

    private static ObjectNode typed(String type) {
        return JSON.objectNode().put("type", type);
    }

    static String nameOf(RecordComponent component) {
        JsonProperty name = component.getAccessor().getAnnotation(JsonProperty.class);
        return name == null ? component.getName() : name.value();
    }

    /** See {@link Field}. */
    static boolean isRequired(RecordComponent component) {
        Field field = fieldOf(component);
        if (field.required()) {
            return true;
        }
        Class<?> type = component.getType();
        boolean emptyWhereAbsent =
                type.isPrimitive() || type.equals(List.class) || type.equals(Map.class);
        return !emptyWhereAbsent
                && !field.optional()
                && field.def().isEmpty()
                && !isNullable(component);
    }

    private static boolean isNullable(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }
}
