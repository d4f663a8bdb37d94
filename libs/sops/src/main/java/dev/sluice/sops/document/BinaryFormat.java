package dev.sluice.sops.document;

import java.util.List;

/**
 * A file that is one value: encrypted, a JSON object with the text under {@code data}; in clear,
 * the bytes themselves.
 */
public final class BinaryFormat implements DocumentFormat {
    private static final String DATA = "data";

    private final JsonFormat encrypted;

    public BinaryFormat(JsonFormat encrypted) {
        this.encrypted = encrypted;
    }

    /** Reads the encrypted form. */
    @Override
    public List<Branch> read(byte[] content) throws MalformedDocumentException {
        return encrypted.read(content);
    }

    /** The tree for bytes in clear. */
    public static List<Branch> ofClear(byte[] content) {
        return List.of(Branch.EMPTY.with(DATA, Text.of(content)));
    }

    @Override
    public byte[] write(List<Branch> documents) throws MalformedDocumentException {
        Branch document = documents.isEmpty() ? Branch.EMPTY : documents.getFirst();
        if (document.get("sops").isPresent()) {
            return encrypted.write(documents);
        }
        return switch (document.get(DATA).orElse(Nothing.VALUE)) {
            case Text text -> text.bytes();
            default ->
                    throw new MalformedDocumentException(
                            "binary output needs one string under the key "
                                    + DATA
                                    + ", and the file has none");
        };
    }
}
