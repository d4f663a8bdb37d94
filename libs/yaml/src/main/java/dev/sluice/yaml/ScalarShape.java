package dev.sluice.yaml;

/** What a text allows: in which styles it can be written and still be read back as it is. */
record ScalarShape(
        boolean multiline,
        boolean flowPlain,
        boolean blockPlain,
        boolean singleQuoted,
        boolean block) {
    private static final ScalarShape EMPTY = new ScalarShape(false, false, true, true, false);
    private static final ScalarShape SIMPLE = new ScalarShape(false, true, true, true, true);

    static ScalarShape of(String text, Dialect dialect) {
        if (text.isEmpty()) {
            return EMPTY;
        }
        return isSimple(text) ? SIMPLE : new Analysis(text, dialect).shape();
    }

    /** Most texts are words: a look at each character is enough. */
    private static boolean isSimple(String text) {
        char first = text.charAt(0);
        if (!isWordCharacter(first) && first != '/') {
            return false;
        }
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isWordCharacter(c) && c != '-' && c != '.' && c != '/') {
                return false;
            }
        }
        return true;
    }

    private static boolean isWordCharacter(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '_';
    }

    /** Neither control characters nor such beyond the first plane: those are escaped. */
    static boolean isPrintable(char c) {
        if (c < 0x7F) {
            return c >= 0x20 || c == '\n';
        }
        return c >= 0xA0
                && !Character.isSurrogate(c)
                && c != '\uFEFF'
                && c != '\uFFFE'
                && c != '\uFFFF';
    }

    private static final class Analysis {
        private final String text;
        private final Dialect dialect;
        private boolean blockIndicators;
        private boolean flowIndicators;
        private boolean breaks;
        private boolean special;
        private boolean tabs;
        private boolean edgeBlank;
        private boolean trailingSpace;
        private boolean breakThenSpace;
        private boolean spaceThenBreak;

        Analysis(String text, Dialect dialect) {
            this.text = text;
            this.dialect = dialect;
            blockIndicators = text.startsWith("---") || text.startsWith("...");
            flowIndicators = blockIndicators;
            indicators();
            spaces();
        }

        ScalarShape shape() {
            boolean single = !breakThenSpace && !spaceThenBreak && !special && !tabs;
            boolean plain = single && !edgeBlank && !breaks;
            boolean block = !trailingSpace && !spaceThenBreak && !special;
            return new ScalarShape(
                    breaks, plain && !flowIndicators, plain && !blockIndicators, single, block);
        }

        private void indicators() {
            boolean afterBlank = true;
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                boolean beforeBlank = i + 1 >= text.length() || Source.isBlank(text.charAt(i + 1));
                if (i == 0) {
                    firstIndicator(c, beforeBlank);
                } else {
                    innerIndicator(c, afterBlank, beforeBlank);
                }
                if (c == '\t' && dialect == Dialect.MODERN) {
                    tabs = true;
                } else if (!isPrintable(c)) {
                    special = true;
                }
                afterBlank = Source.isBlankOrEnd(c);
            }
        }

        private void firstIndicator(char c, boolean beforeBlank) {
            switch (c) {
                case '#',
                        ',',
                        '[',
                        ']',
                        '{',
                        '}',
                        '&',
                        '*',
                        '!',
                        '|',
                        '>',
                        '\'',
                        '"',
                        '%',
                        '@',
                        '`' -> {
                    flowIndicators = true;
                    blockIndicators = true;
                }
                case '?', ':' -> {
                    flowIndicators = true;
                    blockIndicators |= beforeBlank;
                }
                case '-' -> {
                    flowIndicators |= beforeBlank;
                    blockIndicators |= beforeBlank;
                }
                default -> {}
            }
        }

        private void innerIndicator(char c, boolean afterBlank, boolean beforeBlank) {
            switch (c) {
                case ',', '?', '[', ']', '{', '}' -> flowIndicators = true;
                case ':' -> {
                    flowIndicators = true;
                    blockIndicators |= beforeBlank;
                }
                case '#' -> {
                    flowIndicators |= afterBlank;
                    blockIndicators |= afterBlank;
                }
                default -> {}
            }
        }

        private void spaces() {
            int last = text.length() - 1;
            char previous = 0;
            for (int i = 0; i <= last; i++) {
                char c = text.charAt(i);
                if (c == ' ') {
                    edgeBlank |= i == 0 || i == last;
                    trailingSpace |= i == last;
                    breakThenSpace |= Source.isBreak(previous);
                } else if (Source.isBreak(c)) {
                    breaks = true;
                    edgeBlank |= i == 0 || i == last;
                    spaceThenBreak |= previous == ' ';
                }
                previous = c;
            }
        }
    }
}
