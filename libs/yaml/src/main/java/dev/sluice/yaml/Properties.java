package dev.sluice.yaml;

import org.jspecify.annotations.Nullable;

/**
 * What stands before a node.
 *
 * @param start where the node begins, with its properties
 * @param tag in full; empty where there is none
 */
record Properties(Mark start, @Nullable String anchor, String tag) {
    boolean isEmpty() {
        return anchor == null && tag.isEmpty();
    }
}
