package dev.sluice.yaml;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds comments and decides which node each belongs to, as go-yaml v3 does: a comment at the end
 * of a line is its node's line comment; comments above a node are its head; comments below one,
 * followed by an empty line, outdented, or the last in brackets, are its foot.
 */
final class CommentScanner {
    /** The library looks no further ahead for the next comment. */
    private static final int MAX_LOOKAHEAD = 512;

    private final Source source;
    private final TokenQueue queue;
    private final List<FoundComment> found = new ArrayList<>();
    private int next;

    private final StringBuilder head = new StringBuilder();
    private final StringBuilder line = new StringBuilder();
    private final StringBuilder foot = new StringBuilder();
    private String stem = "";

    CommentScanner(Source source, TokenQueue queue) {
        this.source = source;
        this.queue = queue;
    }

    /** Line breaks since the last character that was no blank. */
    private int newlines() {
        int count = 0;
        for (int i = source.pos - 1; i >= 0; i--) {
            char c = source.at(i);
            if (Source.isBreak(c)) {
                boolean secondOfTwo = c == '\n' && i > 0 && source.at(i - 1) == '\r';
                i -= secondOfTwo ? 1 : 0;
                count++;
            } else if (!Source.isBlank(c)) {
                break;
            }
        }
        return count;
    }

    /** Takes the comment at the end of the line of a token. */
    void scanLine(Mark token) {
        if (newlines() > 0) {
            return;
        }
        int ahead = 0;
        while (ahead < MAX_LOOKAHEAD && Source.isBlank(source.peek(ahead))) {
            ahead++;
        }
        if (ahead == MAX_LOOKAHEAD || source.peek(ahead) != '#') {
            return;
        }
        source.skip(ahead);
        Mark start = source.mark();
        FoundComment comment = new FoundComment(start, token.index(), start, 0);
        comment.line = restOfLine();
        found.add(comment);
    }

    private String restOfLine() {
        int from = source.pos;
        while (!source.atBreakOrEnd()) {
            source.skip();
        }
        return source.text(from, source.pos);
    }

    /**
     * A comment behind the hyphen of a sequence's first item, followed by content, heads that
     * content.
     */
    void turnIntoHead() {
        Token first = queue.lastButOne();
        Token second = queue.last();
        if (found.isEmpty() || first == null || second == null || source.atBreak()) {
            return;
        }
        FoundComment last = found.getLast();
        if (first.is(Token.Type.BLOCK_SEQUENCE_START)
                && second.is(Token.Type.BLOCK_ENTRY)
                && !last.line.isEmpty()) {
            last.head = last.line;
            last.line = "";
            if (last.start.line() == source.line - 1) {
                last.tokenIndex = source.pos;
            }
        }
    }

    /** Takes comments on lines of their own, up to the next token. */
    void scan(Mark scanStart, int indent, int flowLevel) {
        CommentBlock block = new CommentBlock(scanStart, owner(), newlines());
        int ahead = 0;
        for (; ahead < MAX_LOOKAHEAD; ahead++) {
            block.column++;
            char c = source.peek(ahead);
            if (Source.isBlank(c)) {
                continue;
            }
            boolean closesFlow = flowLevel > 0 && (c == ']' || c == '}');
            if (closesFlow || c == 0 || Source.isBreak(c)) {
                block.lineEnd(closesFlow, ahead, Math.max(indent, 0), c == 0);
                if (!Source.isBreak(c)) {
                    break;
                }
                block.emptyLine();
                continue;
            }
            if (block.isOutdented(Math.max(indent, 0))) {
                block.foot(ahead);
            }
            if (c != '#') {
                break;
            }
            block.comment(ahead);
            ahead = 0;
        }
        block.end(ahead);
    }

    private Token owner() {
        Token last = queue.last();
        Token former = queue.lastButOne();
        if (last == null) {
            return new Token(Token.Type.DOCUMENT_START, Mark.START);
        }
        return last.is(Token.Type.FLOW_ENTRY) && former != null ? former : last;
    }

    /**
     * Where a block ends that comments at its own indentation may follow: before those that belong
     * to its parent.
     */
    Mark endOfBlock(Mark end, int indent) {
        Mark result = end;
        int stop = end.index();
        for (int i = found.size() - 1; i >= 0; i--) {
            FoundComment comment = found.get(i);
            if (comment.endIndex < stop) {
                break;
            }
            if (comment.start.column() == indent + 1) {
                result = comment.start;
            }
            stop = comment.scanIndex;
        }
        return result;
    }

    /** Collects the comments up to a token: they belong to the node that it starts. */
    void unfold(Token token) {
        for (; next < found.size() && token.start.index() >= found.get(next).tokenIndex; next++) {
            FoundComment comment = found.get(next);
            if (!comment.head.isEmpty() && token.is(Token.Type.BLOCK_END)) {
                break;
            }
            append(head, comment.head);
            append(foot, comment.foot);
            append(line, comment.line);
            comment.forget();
        }
    }

    private static void append(StringBuilder target, String text) {
        if (!text.isEmpty()) {
            if (!target.isEmpty()) {
                target.append('\n');
            }
            target.append(text);
        }
    }

    int headLength() {
        return head.length();
    }

    /** Comments above a hyphen head the collection that starts behind it, as a whole. */
    void splitStem(int length, Token token) {
        if (token.is(Token.Type.BLOCK_SEQUENCE_START) || token.is(Token.Type.BLOCK_MAPPING_START)) {
            stem = head.substring(0, length);
            head.delete(0, Math.min(length + 1, head.length()));
        }
    }

    String takeStem() {
        String taken = stem;
        stem = "";
        return taken;
    }

    Comments take() {
        Comments taken = new Comments(head.toString(), line.toString(), foot.toString());
        head.setLength(0);
        line.setLength(0);
        foot.setLength(0);
        stem = "";
        return taken;
    }

    /**
     * The part of the first comments that an empty line parts from the rest: it is the document's.
     */
    String takeDocumentHead() {
        for (int i = head.length() - 1; i > 0; i--) {
            boolean last = i == head.length() - 1;
            if (head.charAt(i) == '\n' && (last || head.charAt(i - 1) == '\n')) {
                String documentHead = head.substring(0, last ? i : i - 1);
                head.delete(0, i + 1);
                return documentHead;
            }
        }
        return "";
    }

    /** One comment and the places that decide where it goes. */
    private static final class FoundComment {
        final Mark start;
        final int scanIndex;
        final int endIndex;
        int tokenIndex;
        String head = "";
        String line = "";
        String foot = "";

        FoundComment(Mark scan, int tokenIndex, Mark start, int endIndex) {
            this.scanIndex = scan.index();
            this.tokenIndex = tokenIndex;
            this.start = start;
            this.endIndex = endIndex;
        }

        void forget() {
            head = "";
            line = "";
            foot = "";
        }
    }

    /** A run of comment lines that is being read. Columns count from 1 here, lines from 0. */
    private final class CommentBlock {
        private Mark scanStart;
        private int tokenIndex;
        private final boolean afterColon;
        private final int footLine;
        private boolean firstEmpty;
        private boolean recentEmpty;
        private int lineNumber = source.line;
        private int column = source.column();
        private Mark start = Mark.START;
        private final StringBuilder text = new StringBuilder();

        CommentBlock(Mark scanStart, Token owner, int newlines) {
            this.scanStart = scanStart;
            tokenIndex = owner.start.index();
            afterColon = owner.is(Token.Type.VALUE);
            firstEmpty = newlines <= 1;
            if (scanStart.line() > 0) {
                boolean behindContent = newlines == 0 && source.column() > 1;
                footLine = source.line - newlines + (behindContent ? 2 : 1);
            } else {
                footLine = -1;
            }
        }

        void lineEnd(boolean closesFlow, int ahead, int indent, boolean atEnd) {
            if (!closesFlow && recentEmpty) {
                return;
            }
            boolean outdented = start.column() - 1 < indent;
            boolean below = start.line() == footLine && !afterColon;
            if (closesFlow || (firstEmpty && (below || outdented))) {
                if (!text.isEmpty()) {
                    if (outdented) {
                        tokenIndex = start.index();
                    }
                    foot(ahead);
                }
            } else if (!text.isEmpty() && !atEnd) {
                text.append('\n');
            }
        }

        void emptyLine() {
            firstEmpty = false;
            recentEmpty = true;
            column = 0;
            lineNumber++;
        }

        boolean isOutdented(int indent) {
            return !text.isEmpty() && column - 1 < indent && column != start.column();
        }

        /** What was read so far stands below the data before. */
        void foot(int ahead) {
            Mark here = new Mark(source.pos + ahead, lineNumber, column);
            FoundComment comment = new FoundComment(scanStart, tokenIndex, start, here.index());
            comment.foot = text.toString();
            found.add(comment);
            scanStart = here;
            tokenIndex = here.index();
            text.setLength(0);
        }

        void comment(int ahead) {
            if (text.isEmpty()) {
                start = new Mark(source.pos + ahead, lineNumber, column);
            } else {
                text.append('\n');
            }
            recentEmpty = false;
            int seen = source.pos + ahead;
            while (source.pos < seen) {
                if (source.atBreak()) {
                    source.skipLine();
                } else {
                    source.skip();
                }
            }
            text.append(restOfLine());
            column = 0;
            lineNumber = source.line;
        }

        void end(int ahead) {
            if (!text.isEmpty()) {
                FoundComment comment =
                        new FoundComment(scanStart, start.index(), start, source.pos + ahead - 1);
                comment.head = text.toString();
                found.add(comment);
            }
        }
    }
}
