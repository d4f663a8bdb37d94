package dev.sluice.sops.document;

import dev.sluice.yaml.Document;
import dev.sluice.yaml.YamlException;
import dev.sluice.yaml.YamlReader;
import dev.sluice.yaml.YamlWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * YAML, typed as go-yaml v3 types it. Comments are kept; anchors are written out, styles and tags
 * are not kept, as SOPS does. Each document must hold a map.
 */
public final class YamlFormat implements DocumentFormat {
    private static final int INDENT = 4;

    private final YamlReader reader;
    private final int maxExpandedBytes;

    /**
     * @param maxExpandedBytes how many bytes of text may come into being by replacing aliases
     */
    public YamlFormat(YamlReader reader, int maxExpandedBytes) {
        this.reader = reader;
        this.maxExpandedBytes = maxExpandedBytes;
    }

    @Override
    public List<Branch> read(byte[] content) throws MalformedDocumentException {
        try {
            List<Branch> branches = new ArrayList<>();
            for (Document document : reader.readAll(content)) {
                branches.add(new YamlTree(maxExpandedBytes).branch(document));
            }
            return branches;
        } catch (YamlException e) {
            throw malformed(e);
        }
    }

    @Override
    public byte[] write(List<Branch> documents) throws MalformedDocumentException {
        try {
            List<Document> roots =
                    documents.stream()
                            .map(branch -> new Document(YamlNodes.mapping(branch)))
                            .toList();
            return YamlWriter.styled(roots, INDENT, false).getBytes(StandardCharsets.UTF_8);
        } catch (YamlException e) {
            throw malformed(e);
        }
    }

    private static MalformedDocumentException malformed(YamlException e) {
        return new MalformedDocumentException(
                (e.line() > 0 ? "line " + e.line() + ": " : "") + e.problem());
    }
}
