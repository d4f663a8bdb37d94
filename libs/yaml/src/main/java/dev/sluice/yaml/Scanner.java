package dev.sluice.yaml;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns a text into tokens, as go-yaml's scanner does in what it takes, what it refuses and how it
 * says so. Two things make YAML's tokens depend on more than the next character: indentation opens
 * and closes collections, and a key shows itself only by the colon behind it.
 */
final class Scanner {
    private final Source source;
    private final TokenQueue queue = new TokenQueue();
    private final int maxDepth;
    private final int lookahead;
    private final PlainScalars plainScalars;
    private final QuotedScalars quotedScalars;
    private final BlockScalars blockScalars;
    private final TagTokens tags;
    private final @Nullable CommentScanner comments;

    private int indent = -1;
    private int[] indents = new int[16];
    private int indentDepth;
    private int flowLevel;
    private boolean keyAllowed = true;

    /** The candidate of each flow level; null where there is none. */
    private final List<@Nullable SimpleKey> keys = new ArrayList<>();

    private @Nullable SimpleKey fresh;

    /**
     * @param lookahead how many tokens are scanned beyond the one asked for: errors ahead come
     *     before errors of structure
     */
    Scanner(Source source, int maxDepth, int lookahead, boolean withComments) {
        this.source = source;
        this.maxDepth = maxDepth;
        this.lookahead = lookahead;
        plainScalars = new PlainScalars(source);
        quotedScalars = new QuotedScalars(source);
        blockScalars = new BlockScalars(source);
        tags = new TagTokens(source);
        comments = withComments ? new CommentScanner(source, queue) : null;
        keys.add(null);
    }

    @Nullable CommentScanner comments() {
        return comments;
    }

    Token peek() {
        while (queue.size() <= lookahead || mayBeKey(queue.head())) {
            fetch();
        }
        return queue.head();
    }

    Token take() {
        return queue.take();
    }

    private boolean mayBeKey(Token token) {
        return token.candidate != null && stillPossible(token.candidate);
    }

    private void fetch() {
        Mark scanStart = source.mark();
        toNextToken(scanStart);
        unrollIndent(source.column(), scanStart);
        Mark start = source.mark();
        char c = source.peek();
        if (source.atEnd()) {
            endStream();
            return;
        }
        if (start.column() == 0 && c == '%') {
            closeBlocks();
            queue.add(tags.directive());
            return;
        }
        if (source.atDocumentIndicator()) {
            closeBlocks();
            source.skip(3);
            queue.add(
                    new Token(
                            c == '-' ? Token.Type.DOCUMENT_START : Token.Type.DOCUMENT_END, start));
            return;
        }
        Mark commented = comments == null ? start : commentedMark(start, c);
        token(start, c);
        if (comments != null && !endsWithBlockEntry()) {
            comments.scanLine(commented);
        }
    }

    private Mark commentedMark(Mark start, char c) {
        Token last = queue.last();
        boolean separator = flowLevel == 0 ? c == ':' : c == ',';
        return separator && last != null ? last.start : start;
    }

    private boolean endsWithBlockEntry() {
        Token last = queue.last();
        return last != null && last.is(Token.Type.BLOCK_ENTRY);
    }

    private void token(Mark start, char c) {
        switch (c) {
            case '[' -> openFlow(start, Token.Type.FLOW_SEQUENCE_START);
            case '{' -> openFlow(start, Token.Type.FLOW_MAPPING_START);
            case ']' -> closeFlow(start, Token.Type.FLOW_SEQUENCE_END);
            case '}' -> closeFlow(start, Token.Type.FLOW_MAPPING_END);
            case ',' -> {
                dropKey();
                keyAllowed = true;
                indicator(start, Token.Type.FLOW_ENTRY);
            }
            case '*', '&' -> {
                saveKey(start);
                keyAllowed = false;
                add(tags.anchor());
            }
            case '!' -> {
                saveKey(start);
                keyAllowed = false;
                add(tags.tag());
            }
            case '\'', '"' -> {
                saveKey(start);
                keyAllowed = false;
                add(quotedScalars.scan(c == '\''));
            }
            default -> indicatorOrScalar(start, c);
        }
    }

    private void indicatorOrScalar(Mark start, char c) {
        boolean separated = source.blankOrEndAhead(1);
        if (c == '-' && separated) {
            blockEntry(start);
        } else if (c == '?' && (flowLevel > 0 || separated)) {
            key(start);
        } else if (c == ':' && (flowLevel > 0 || separated)) {
            value(start);
        } else if ((c == '|' || c == '>') && flowLevel == 0) {
            dropKey();
            keyAllowed = true;
            add(
                    blockScalars.scan(
                            c == '|',
                            indent,
                            () -> {
                                if (comments != null) {
                                    comments.scanLine(start);
                                }
                            }));
        } else if (startsPlain(c)) {
            saveKey(start);
            keyAllowed = false;
            add(plainScalars.scan(indent + 1, flowLevel > 0));
            keyAllowed |= plainScalars.endedOnNewLine();
        } else {
            throw source.error(start, "found character that cannot start any token");
        }
    }

    private boolean startsPlain(char c) {
        return switch (c) {
            case '-' -> !Source.isBlank(source.peek(1));
            case '?', ':' -> flowLevel == 0 && !source.blankOrEndAhead(1);
            case '#', '|', '>', '%', '@', '`' -> false;
            default -> !Source.isBlankOrEnd(c);
        };
    }

    private void toNextToken(Mark scanStart) {
        while (true) {
            while (source.peek() == ' '
                    || (source.peek() == '\t' && (flowLevel > 0 || !keyAllowed))) {
                source.skip();
            }
            if (comments != null) {
                comments.turnIntoHead();
            }
            if (source.peek() == '#') {
                if (comments != null) {
                    comments.scan(scanStart, indent, flowLevel);
                } else {
                    skipComment();
                }
            }
            if (!source.atBreak()) {
                return;
            }
            source.skipLine();
            if (flowLevel == 0) {
                keyAllowed = true;
            }
        }
    }

    private void skipComment() {
        while (!source.atBreakOrEnd()) {
            source.skip();
        }
    }

    private void endStream() {
        source.forceLine();
        closeBlocks();
        queue.add(new Token(Token.Type.STREAM_END, source.mark()));
    }

    private void closeBlocks() {
        unrollIndent(-1, source.mark());
        dropKey();
        keyAllowed = false;
    }

    private void indicator(Mark start, Token.Type type) {
        source.skip();
        add(new Token(type, start));
    }

    private void add(Token token) {
        if (fresh != null) {
            token.candidate = fresh;
            fresh = null;
        }
        queue.add(token);
    }

    private void openFlow(Mark start, Token.Type type) {
        saveKey(start);
        keys.add(null);
        flowLevel++;
        if (flowLevel + indentDepth > maxDepth) {
            throw source.error(start, "exceeded max depth of " + maxDepth);
        }
        keyAllowed = true;
        indicator(start, type);
    }

    private void closeFlow(Mark start, Token.Type type) {
        dropKey();
        if (flowLevel > 0) {
            flowLevel--;
            keys.removeLast();
        }
        keyAllowed = false;
        indicator(start, type);
    }

    private void blockEntry(Mark start) {
        if (flowLevel == 0) {
            if (!keyAllowed) {
                throw source.error(start, "block sequence entries are not allowed in this context");
            }
            rollIndent(start.column(), -1, Token.Type.BLOCK_SEQUENCE_START, start);
        }
        dropKey();
        keyAllowed = true;
        indicator(start, Token.Type.BLOCK_ENTRY);
    }

    private void key(Mark start) {
        if (flowLevel == 0) {
            if (!keyAllowed) {
                throw source.error(start, "mapping keys are not allowed in this context");
            }
            rollIndent(start.column(), -1, Token.Type.BLOCK_MAPPING_START, start);
        }
        dropKey();
        keyAllowed = flowLevel == 0;
        indicator(start, Token.Type.KEY);
    }

    private void value(Mark start) {
        SimpleKey key = keys.getLast();
        if (key != null && stillPossible(key)) {
            queue.insert(key.tokenNumber, new Token(Token.Type.KEY, key.mark));
            rollIndent(
                    key.mark.column(), key.tokenNumber, Token.Type.BLOCK_MAPPING_START, key.mark);
            key.possible = false;
            keyAllowed = false;
        } else {
            if (flowLevel == 0) {
                if (!keyAllowed) {
                    throw source.error(start, "mapping values are not allowed in this context");
                }
                rollIndent(start.column(), -1, Token.Type.BLOCK_MAPPING_START, start);
            }
            keyAllowed = flowLevel == 0;
        }
        indicator(start, Token.Type.VALUE);
    }

    private boolean stillPossible(SimpleKey key) {
        if (!key.possible) {
            return false;
        }
        if (key.mark.line() < source.line || key.mark.index() + SimpleKey.MAX_LENGTH < source.pos) {
            refuseRequired(key);
            key.possible = false;
            return false;
        }
        return true;
    }

    private void refuseRequired(SimpleKey key) {
        if (key.required) {
            throw source.error(key.mark, "could not find expected ':'");
        }
    }

    private void saveKey(Mark start) {
        if (!keyAllowed) {
            return;
        }
        dropKey();
        fresh =
                new SimpleKey(
                        start, queue.nextNumber(), flowLevel == 0 && indent == start.column());
        keys.set(keys.size() - 1, fresh);
    }

    private void dropKey() {
        SimpleKey key = keys.getLast();
        if (key != null && key.possible) {
            refuseRequired(key);
            key.possible = false;
        }
    }

    private void rollIndent(int column, int number, Token.Type type, Mark mark) {
        if (flowLevel > 0 || indent >= column) {
            return;
        }
        if (indentDepth == indents.length) {
            indents = Arrays.copyOf(indents, indentDepth * 2);
        }
        indents[indentDepth++] = indent;
        indent = column;
        if (indentDepth > maxDepth) {
            throw source.error(mark, "exceeded max depth of " + maxDepth);
        }
        Token token = new Token(type, mark);
        if (number < 0) {
            queue.add(token);
        } else {
            queue.insert(number, token);
        }
    }

    private void unrollIndent(int column, Mark scanStart) {
        if (flowLevel > 0 || indent <= column) {
            return;
        }
        Mark end =
                comments == null
                        ? scanStart
                        : new Mark(scanStart.index() - 1, scanStart.line(), scanStart.column());
        while (indent > column) {
            end = comments == null ? end : comments.endOfBlock(end, indent);
            queue.add(new Token(Token.Type.BLOCK_END, end));
            indent = indents[--indentDepth];
        }
    }
}
