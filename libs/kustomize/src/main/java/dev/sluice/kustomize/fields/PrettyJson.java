package dev.sluice.kustomize.fields;

/** Spreads compact JSON over lines, indented by two spaces. */
final class PrettyJson {

    private static final String STEP = "  ";

    private final String json;
    private final StringBuilder out;
    private int depth;

    private PrettyJson(String json) {
        this.json = json;
        this.out = new StringBuilder(json.length() * 2);
    }

    /**
     * @param json without any spaces outside of strings
     */
    static String of(String json) {
        return new PrettyJson(json).write();
    }

    private String write() {
        for (int i = 0; i < json.length(); i++) {
            char character = json.charAt(i);
            switch (character) {
                case '"' -> i = string(i);
                case '{', '[' -> i = open(i);
                case '}', ']' -> {
                    depth--;
                    newLine();
                    out.append(character);
                }
                case ',' -> {
                    out.append(',');
                    newLine();
                }
                case ':' -> out.append(": ");
                default -> out.append(character);
            }
        }
        return out.toString();
    }

    private int open(int at) {
        out.append(json.charAt(at));
        char next = json.charAt(at + 1);
        if (next == '}' || next == ']') {
            out.append(next);
            return at + 1;
        }
        depth++;
        newLine();
        return at;
    }

    /** Copies a string; gives the place of its last quote. */
    private int string(int start) {
        int end = start + 1;
        while (json.charAt(end) != '"') {
            end += json.charAt(end) == '\\' ? 2 : 1;
        }
        out.append(json, start, end + 1);
        return end;
    }

    private void newLine() {
        out.append('\n').append(STEP.repeat(depth));
    }
}
