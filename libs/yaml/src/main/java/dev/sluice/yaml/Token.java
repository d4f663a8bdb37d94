package dev.sluice.yaml;

import org.jspecify.annotations.Nullable;

/** What the scanner finds: a mark of structure, a property of a node, or a scalar. */
final class Token {
    enum Type {
        VERSION_DIRECTIVE,
        TAG_DIRECTIVE,
        DOCUMENT_START,
        DOCUMENT_END,
        BLOCK_SEQUENCE_START,
        BLOCK_MAPPING_START,
        BLOCK_END,
        FLOW_SEQUENCE_START,
        FLOW_SEQUENCE_END,
        FLOW_MAPPING_START,
        FLOW_MAPPING_END,
        BLOCK_ENTRY,
        FLOW_ENTRY,
        KEY,
        VALUE,
        ALIAS,
        ANCHOR,
        TAG,
        SCALAR,
        STREAM_END
    }

    final Type type;
    final Mark start;

    /** A scalar's text, an anchor's or alias's name, a tag's or directive's handle, a version. */
    String value = "";

    /** A tag's suffix, a tag directive's prefix. */
    String suffix = "";

    Style style = Style.PLAIN;

    /** This token may turn out to be a key once a colon follows. */
    @Nullable SimpleKey candidate;

    Token(Type type, Mark start) {
        this.type = type;
        this.start = start;
    }

    Token(Type type, Mark start, String value) {
        this(type, start);
        this.value = value;
    }

    boolean is(Type wanted) {
        return type == wanted;
    }
}
