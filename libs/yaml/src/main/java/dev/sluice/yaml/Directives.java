package dev.sluice.yaml;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** What a document's first lines say of its version and of the short forms of tags. */
final class Directives {
    private final Source source;
    private final Map<String, String> tagPrefixes = new HashMap<>();

    Directives(Source source) {
        this.source = source;
    }

    static boolean isDirective(Token token) {
        return token.is(Token.Type.VERSION_DIRECTIVE) || token.is(Token.Type.TAG_DIRECTIVE);
    }

    void read(Supplier<Token> peek, Supplier<Token> take) {
        boolean versionSeen = false;
        while (isDirective(peek.get())) {
            Token token = take.get();
            if (token.is(Token.Type.TAG_DIRECTIVE)) {
                if (tagPrefixes.put(token.value, token.suffix) != null) {
                    throw source.structureError(
                            Mark.START, "found duplicate %TAG directive", token.start);
                }
                continue;
            }
            if (versionSeen) {
                throw source.structureError(
                        Mark.START, "found duplicate %YAML directive", token.start);
            }
            if (!token.value.equals("1.1")) {
                throw source.structureError(
                        Mark.START, "found incompatible YAML document", token.start);
            }
            versionSeen = true;
        }
        tagPrefixes.putIfAbsent("!", "!");
        tagPrefixes.putIfAbsent("!!", "tag:yaml.org,2002:");
    }

    /** Directives hold for one document. */
    void forget() {
        tagPrefixes.clear();
    }

    String fullTag(Token tag, Mark start) {
        if (tag.value.isEmpty()) {
            return tag.suffix;
        }
        String prefix = tagPrefixes.get(tag.value);
        if (prefix == null) {
            throw source.structureError(start, "found undefined tag handle", tag.start);
        }
        return prefix + tag.suffix;
    }
}
