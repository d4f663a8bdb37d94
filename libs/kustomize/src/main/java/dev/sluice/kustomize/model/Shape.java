package dev.sluice.kustomize.model;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a value in a file must look like. */
sealed interface Shape {

    /** The shape's name in messages: the Go type that upstream decodes into. */
    String typeName();

    /** A text; numbers and booleans are not taken for one. */
    record Text() implements Shape {
        @Override
        public String typeName() {
            return "string";
        }
    }

    record Bool() implements Shape {
        @Override
        public String typeName() {
            return "bool";
        }
    }

    record Int(String typeName) implements Shape {}

    /** A mapping from any key to texts. */
    record TextMap() implements Shape {
        @Override
        public String typeName() {
            return "map[string]string";
        }
    }

    /** Anything at all, kept as it is. */
    record Any() implements Shape {
        @Override
        public String typeName() {
            return "interface {}";
        }
    }

    record ListOf(Shape element) implements Shape {
        @Override
        public String typeName() {
            return "[]" + element.typeName();
        }
    }

    /** A mapping with known fields. */
    final class Struct implements Shape {

        private final String typeName;
        private final Map<String, Shape> fields = new LinkedHashMap<>();
        private final Map<String, String> byLowerCase = new LinkedHashMap<>();
        private final Set<String> embedded = new HashSet<>();

        Struct(String typeName) {
            this.typeName = typeName;
        }

        Struct with(String field, Shape shape) {
            fields.put(field, shape);
            byLowerCase.put(field.toLowerCase(Locale.ROOT), field);
            return this;
        }

        Struct texts(String... names) {
            for (String name : names) {
                with(name, TEXT);
            }
            return this;
        }

        Struct flags(String... names) {
            for (String name : names) {
                with(name, BOOL);
            }
            return this;
        }

        Struct textLists(String... names) {
            for (String name : names) {
                with(name, TEXT_LIST);
            }
            return this;
        }

        /** All fields of another struct, as Go embeds them. */
        Struct including(Struct other) {
            other.fields.forEach(this::with);
            embedded.addAll(other.fields.keySet());
            return this;
        }

        /** Whether a field came with {@link #including}. */
        boolean isEmbedded(String field) {
            return embedded.contains(field);
        }

        /** The field that a key means; null where there is none. */
        @Nullable String fieldFor(String key) {
            return fields.containsKey(key) ? key : byLowerCase.get(key.toLowerCase(Locale.ROOT));
        }

        Shape shapeOf(String field) {
            return fields.getOrDefault(field, ANY);
        }

        @Override
        public String typeName() {
            return typeName;
        }

        /** The type's name without its package. */
        String simpleName() {
            return typeName.substring(typeName.lastIndexOf('.') + 1);
        }
    }

    Shape TEXT = new Text();
    Shape BOOL = new Bool();
    Shape INT = new Int("int");
    Shape INT64 = new Int("int64");
    Shape TEXT_MAP = new TextMap();
    Shape ANY = new Any();
    Shape TEXT_LIST = new ListOf(TEXT);

    static Shape listOf(Shape element) {
        return new ListOf(element);
    }
}
