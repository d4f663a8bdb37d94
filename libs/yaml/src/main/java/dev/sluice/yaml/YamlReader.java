package dev.sluice.yaml;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads YAML into nodes. Immutable and cheap; one may be shared. Every method throws {@link
 * YamlException} for a text that is no YAML or that asks for more than the limits.
 */
public final class YamlReader {
    /**
     * Manifests and patches: go-yaml v3's types, comments only where one holds a schema, default
     * limits.
     */
    public static final YamlReader MANIFEST = new YamlReader(ReaderOptions.MANIFEST);

    /** Kustomization files: go-yaml v2's types (YAML 1.1), no comments, default limits. */
    public static final YamlReader KUSTOMIZATION = new YamlReader(ReaderOptions.KUSTOMIZATION);

    /** SOPS files: go-yaml v3's types, with comments, default limits. */
    public static final YamlReader COMMENTED = new YamlReader(ReaderOptions.COMMENTED);

    private final ReaderOptions options;

    public YamlReader(ReaderOptions options) {
        this.options = options;
    }

    /** Every document of the text; none where it holds nothing but comments. */
    public List<Document> readAll(String text) {
        NodeParser parser = parser(text);
        List<Document> documents = new ArrayList<>();
        for (Document document = parser.document();
                document != null;
                document = parser.document()) {
            documents.add(document);
        }
        return documents;
    }

    /** Every document of a text in UTF-8, or in UTF-16 with a byte order mark. */
    public List<Document> readAll(byte[] text) {
        return readAll(TextDecoder.decode(text));
    }

    /** The first document; what follows it is not even looked at. Null where there is none. */
    public @Nullable Document readFirst(String text) {
        return parser(text).document();
    }

    public @Nullable Document readFirst(byte[] text) {
        return readFirst(TextDecoder.decode(text));
    }

    /** The root of the first document; a null scalar where there is none. */
    public Node read(String text) {
        Document first = readFirst(text);
        return first == null ? Node.nullValue() : first.root();
    }

    public Node read(byte[] text) {
        return read(TextDecoder.decode(text));
    }

    private NodeParser parser(String text) {
        YamlLimits limits = options.limits();
        if (text.length() > limits.maxCharacters()) {
            throw new YamlException(
                    "text is longer than " + limits.maxCharacters() + " characters", 0);
        }
        boolean classic = options.resolver() == ScalarResolver.YAML11;
        Source source = new Source(TextDecoder.check(text), classic);
        // go-yaml v3 looks two tokens ahead for the sake of comments: errors there come before
        // errors of structure here.
        Scanner scanner =
                new Scanner(
                        source, limits.maxDepth(), classic ? 0 : 2, options.comments().keeps(text));
        return new NodeParser(source, scanner, options);
    }
}
