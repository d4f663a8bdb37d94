package dev.sluice.yaml;

/** What a {@link Node} is. A document's own wrapper is no node: {@link Document}. */
public enum Kind {
    MAPPING,
    SEQUENCE,
    SCALAR,
    /** A reference to an anchored node: {@link Node#target()}. */
    ALIAS
}
