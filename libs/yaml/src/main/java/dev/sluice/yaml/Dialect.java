package dev.sluice.yaml;

/** Which of Go's two libraries a text is written as. */
enum Dialect {
    /**
     * go-yaml v2, behind sigs.k8s.io/yaml: wraps near column 80, a tab in a text forces double
     * quotes.
     */
    CLASSIC(80),
    /** go-yaml v3: never wraps, keeps tabs in literal blocks, writes comments. */
    MODERN(Integer.MAX_VALUE);

    final int width;

    Dialect(int width) {
        this.width = width;
    }
}
