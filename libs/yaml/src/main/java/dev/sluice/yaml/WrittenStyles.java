package dev.sluice.yaml;

/**
 * Gives a tree that was made in memory the styles that it would have if go-yaml v3 had written it
 * and read it again. Styles outlive their values: what replaces a quoted text is quoted.
 */
public final class WrittenStyles {
    private WrittenStyles() {}

    /** Changes a tree whose types are known; gives it back. */
    public static Node apply(Node root) {
        if (root.isScalar()) {
            if (root.tag().equals(Tags.STR)) {
                root.setStyle(styleOf(root.value()));
            }
        } else {
            root.content().forEach(WrittenStyles::apply);
        }
        return root;
    }

    /** The style of a string. */
    static Style styleOf(String text) {
        ScalarShape shape = ScalarShape.of(text, Dialect.MODERN);
        if (text.indexOf('\n') >= 0) {
            return shape.block() ? Style.LITERAL : Style.DOUBLE_QUOTED;
        }
        if (QuotingRules.looksTyped(text, ScalarResolver.YAML11)) {
            return Style.DOUBLE_QUOTED;
        }
        if (shape.blockPlain()) {
            return Style.PLAIN;
        }
        return shape.singleQuoted() ? Style.SINGLE_QUOTED : Style.DOUBLE_QUOTED;
    }
}
