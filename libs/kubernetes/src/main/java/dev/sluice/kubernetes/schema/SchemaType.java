package dev.sluice.kubernetes.schema;

import java.util.Map;

/** The type of a value, as far as a typed client distinguishes them. */
sealed interface SchemaType {

    /**
     * @param name of the type in the API server's documents, for example {@code
     *     io.k8s.api.core.v1.Container}
     */
    record Struct(String name, Map<String, Field> fields) implements SchemaType {}

    /**
     * @param always whether a typed client writes it even where nothing was said: structs that are
     *     no pointers
     */
    record Field(SchemaType type, boolean always) {}

    record ListOf(SchemaType items) implements SchemaType {}

    record MapOf(SchemaType values) implements SchemaType {}

    /** Another type of the same document. */
    record Ref(String name) implements SchemaType {}

    /** The types without parts. */
    enum Plain implements SchemaType {
        TEXT,
        /** Text that is base64. */
        BYTES,
        INTEGER,
        NUMBER,
        BOOLEAN,
        QUANTITY,
        INTEGER_OR_TEXT,
        /** Anything, kept as it is. */
        ANY
    }
}
