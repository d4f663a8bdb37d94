package dev.sluice.sops;

import dev.sluice.sops.document.BinaryFormat;
import dev.sluice.sops.document.DocumentFormat;
import dev.sluice.sops.document.DotenvFormat;
import dev.sluice.sops.document.IniFormat;
import dev.sluice.sops.document.JsonFormat;
import dev.sluice.sops.document.YamlFormat;
import dev.sluice.yaml.ReaderOptions;
import dev.sluice.yaml.YamlLimits;
import dev.sluice.yaml.YamlReader;

/** The reader and writer of each format. */
final class Formats {
    private static final int MAX_NODES = 1_000_000;
    private static final int MAX_ALIAS_NODES = 200_000;

    private Formats() {}

    static DocumentFormat of(Format format, Limits limits) {
        return switch (format) {
            case YAML -> yaml(limits);
            case JSON -> new JsonFormat(limits.maxDepth(), limits.maxBytes());
            case DOTENV -> new DotenvFormat();
            case INI -> new IniFormat();
            case BINARY -> new BinaryFormat(new JsonFormat(limits.maxDepth(), limits.maxBytes()));
        };
    }

    private static DocumentFormat yaml(Limits limits) {
        YamlLimits bounds =
                new YamlLimits(limits.maxBytes(), limits.maxDepth(), MAX_NODES, MAX_ALIAS_NODES);
        return new YamlFormat(
                new YamlReader(ReaderOptions.COMMENTED.withLimits(bounds)), limits.maxBytes());
    }
}
