package dev.sluice.sops;

import dev.sluice.sops.document.BinaryFormat;
import dev.sluice.sops.document.DocumentFormat;
import dev.sluice.sops.document.JsonFormat;
import dev.sluice.sops.document.MalformedDocumentException;

/** The reader and writer of each format. */
final class Formats {
    private Formats() {}

    static DocumentFormat of(Format format, Limits limits) throws MalformedDocumentException {
        return switch (format) {
            case JSON -> new JsonFormat(limits.maxDepth(), limits.maxBytes());
            case BINARY -> new BinaryFormat(new JsonFormat(limits.maxDepth(), limits.maxBytes()));
            case YAML, DOTENV, INI ->
                    throw new MalformedDocumentException("the format is not read yet");
        };
    }
}
