package dev.sluice.yaml;

/**
 * What becomes of a text on its way through kustomize, which writes and reads it several times:
 * mostly nothing. These are the exceptions, and they are taken by doing what it does.
 */
final class Rereading {
    private static final char NEXT_LINE = '\u0085';

    private Rereading() {}

    /**
     * A folded text grows empty lines where it was indented; a literal one that starts with a tab
     * can't be read again.
     */
    static String afterBlocks(Node scalar, String text) {
        boolean folded = scalar.style() == Style.FOLDED && text.indexOf('\n') >= 0;
        boolean tab = startsWithTab(text) && scalar.style() != Style.DOUBLE_QUOTED;
        if (!folded && !tab) {
            return text;
        }
        Node alone = Node.string(text).setStyle(scalar.style());
        Node read = YamlReader.MANIFEST.read(YamlWriter.styled(Node.mapping().put("k", alone)));
        Node value = read.get("k");
        return value == null ? text : value.value();
    }

    /** Whether a text of several lines starts with a tab. */
    static boolean startsWithTab(String text) {
        return !text.isEmpty() && text.charAt(0) == '\t' && text.indexOf('\n') >= 0;
    }

    /**
     * JSON leaves some characters as they are that YAML refuses, and one that YAML takes for the
     * end of a line.
     *
     * @throws YamlException where a character is refused
     */
    static String afterJson(String text) {
        boolean lines = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x7F && (c < 0xA0 || c > 0xFFFD)) {
                if (c != NEXT_LINE) {
                    throw new YamlException("control characters are not allowed", 0);
                }
                lines = true;
            }
        }
        return lines
                ? new QuotedScalars(new Source(GoJson.quote(text, true), true)).scan(false).value
                : text;
    }
}
