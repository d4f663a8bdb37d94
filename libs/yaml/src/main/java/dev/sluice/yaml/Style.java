package dev.sluice.yaml;

/** How a {@link Node} was written, and how it is to be written again. */
public enum Style {
    /** Plain scalar, or a collection in block form. What a node has that was made in memory. */
    PLAIN,
    SINGLE_QUOTED,
    DOUBLE_QUOTED,
    /** {@code |} */
    LITERAL,
    /** {@code >} */
    FOLDED,
    /** A collection as <code>{a: b}</code> or {@code [a, b]}. */
    FLOW
}
