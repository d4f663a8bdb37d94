package dev.sluice.sops.document;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lines of {@code KEY=value}: no quotes, no trimming, a newline in a value is written as a
 * backslash and an n. A line is a comment when it begins with {@code #}. Metadata stands in lines
 * that begin with {@code sops_}, anywhere.
 */
public final class DotenvFormat implements DocumentFormat {
    private static final String SOPS = "sops";
    private static final String PREFIX = "sops_";

    @Override
    public List<Branch> read(byte[] content) throws MalformedDocumentException {
        // Byte for byte: a value need not be UTF-8.
        String[] lines = new String(content, StandardCharsets.ISO_8859_1).split("\n", -1);
        List<Member> members = new ArrayList<>(lines.length);
        Map<String, Leaf> metadata = new LinkedHashMap<>();
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i];
            if (line.isEmpty()) {
                continue;
            }
            if (line.startsWith("#")) {
                members.add(new Comment(utf8(line.substring(1))));
                continue;
            }
            int equals = line.indexOf('=');
            if (equals < 0) {
                throw new MalformedDocumentException("line " + (i + 1) + " has no '='");
            }
            String key = utf8(line.substring(0, equals));
            Text value = Text.of(bytes(line.substring(equals + 1).replace("\\n", "\n")));
            if (!key.startsWith(PREFIX)) {
                members.add(new Entry(key, value));
            } else if (metadata.put(key.substring(PREFIX.length()), value) != null) {
                throw new MalformedDocumentException(
                        "line " + (i + 1) + ": the key is there twice");
            }
        }
        Branch branch = new Branch(members);
        return List.of(
                metadata.isEmpty() ? branch : branch.with(SOPS, FlatTree.unflatten(metadata)));
    }

    @Override
    public byte[] write(List<Branch> documents) throws MalformedDocumentException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        Branch document = documents.isEmpty() ? Branch.EMPTY : documents.getFirst();
        for (Member member : document.members()) {
            switch (member) {
                case Comment comment ->
                        lines.writeBytes(
                                ('#' + comment.text() + '\n').getBytes(StandardCharsets.UTF_8));
                case Entry(String key, Branch metadata) when key.equals(SOPS) ->
                        FlatTree.flatten(metadata)
                                .forEach((path, leaf) -> line(PREFIX + path, leaf, lines));
                case Entry(String key, Leaf leaf) -> line(key, leaf, lines);
                case Entry(String key, Value value) ->
                        throw new MalformedDocumentException(
                                "dotenv has no lists and maps, and '" + key + "' is one");
            }
        }
        return lines.toByteArray();
    }

    private static void line(String key, Leaf leaf, ByteArrayOutputStream lines) {
        lines.writeBytes((key + '=').getBytes(StandardCharsets.UTF_8));
        if (leaf instanceof Text text) {
            lines.writeBytes(
                    bytes(
                            new String(text.bytes(), StandardCharsets.ISO_8859_1)
                                    .replace("\n", "\\n")));
        } else {
            lines.writeBytes(FlatScalars.text(leaf).getBytes(StandardCharsets.UTF_8));
        }
        lines.write('\n');
    }

    private static byte[] bytes(String latin) {
        return latin.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String utf8(String latin) {
        return new String(bytes(latin), StandardCharsets.UTF_8);
    }
}
