package dev.sluice.yaml;

/**
 * How texts are read.
 *
 * @param resolver which of Go's two libraries gives plain scalars their types, and errors their
 *     lines
 * @param comments which comments to keep on the nodes; keeping any costs time
 * @param limits what a text may ask for
 */
public record ReaderOptions(ScalarResolver resolver, CommentMode comments, YamlLimits limits) {
    /** Manifests and patches: go-yaml v3, comments where one holds a schema. */
    public static final ReaderOptions MANIFEST =
            new ReaderOptions(ScalarResolver.CORE, CommentMode.SCHEMAS, YamlLimits.DEFAULT);

    /** Kustomization files: go-yaml v2 as sigs.k8s.io/yaml uses it. */
    public static final ReaderOptions KUSTOMIZATION =
            new ReaderOptions(ScalarResolver.YAML11, CommentMode.NONE, YamlLimits.DEFAULT);

    /** SOPS files: go-yaml v3 with comments. */
    public static final ReaderOptions COMMENTED =
            new ReaderOptions(ScalarResolver.CORE, CommentMode.ALL, YamlLimits.DEFAULT);

    public ReaderOptions withLimits(YamlLimits newLimits) {
        return new ReaderOptions(resolver, comments, newLimits);
    }
}
