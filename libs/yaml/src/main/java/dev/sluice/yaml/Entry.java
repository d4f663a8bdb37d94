package dev.sluice.yaml;

/** One pair of a mapping. */
public record Entry(Node key, Node value) {
    /** The key's text. */
    public String name() {
        return key.value();
    }
}
