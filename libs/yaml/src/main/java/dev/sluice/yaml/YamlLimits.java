package dev.sluice.yaml;

/**
 * How much a text may make the reader do; beyond it reading fails with a {@link YamlException}. The
 * defaults suit files of strangers: no manifest that a cluster would take comes near them.
 *
 * @param maxCharacters of the whole text
 * @param maxDepth of collections within collections
 * @param maxNodes of all documents of the text
 * @param maxAliasNodes nodes that come into being when aliases are replaced by what they stand for
 */
public record YamlLimits(int maxCharacters, int maxDepth, int maxNodes, int maxAliasNodes) {
    public static final YamlLimits DEFAULT = new YamlLimits(64 << 20, 1_000, 5_000_000, 1_000_000);

    public YamlLimits {
        if (maxCharacters < 1 || maxDepth < 1 || maxNodes < 1 || maxAliasNodes < 0) {
            throw new IllegalArgumentException("limits must be positive");
        }
    }
}
