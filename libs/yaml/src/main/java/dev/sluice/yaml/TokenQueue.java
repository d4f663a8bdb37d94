package dev.sluice.yaml;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The tokens between scanner and parser. Short: it grows only while a key may still turn up. */
final class TokenQueue {
    private @Nullable Token[] tokens = new @Nullable Token[32];
    private int head;
    private int tail;
    private int taken;

    int size() {
        return tail - head;
    }

    /** How many tokens were taken since the start. */
    int taken() {
        return taken;
    }

    /** The number that the next token to be added will have. */
    int nextNumber() {
        return taken + size();
    }

    Token head() {
        return get(0);
    }

    Token get(int index) {
        Token token = tokens[head + index];
        if (token == null) {
            throw new IllegalStateException("no token at " + index);
        }
        return token;
    }

    /** The token added last, also when it was taken already; null before the first. */
    @Nullable Token last() {
        return tail == 0 ? null : tokens[tail - 1];
    }

    /** The token added before the last; null where there is none. */
    @Nullable Token lastButOne() {
        return tail < 2 ? null : tokens[tail - 2];
    }

    void add(Token token) {
        room();
        tokens[tail++] = token;
    }

    /** Puts a token before the one with a number. */
    void insert(int number, Token token) {
        room();
        int at = head + number - taken;
        System.arraycopy(tokens, at, tokens, at + 1, tail - at);
        tokens[at] = token;
        tail++;
    }

    Token take() {
        Token token = head();
        head++;
        taken++;
        return token;
    }

    private void room() {
        if (tail < tokens.length) {
            return;
        }
        // Two taken ones stay: comments look back at them.
        int keep = Math.max(0, head - 2);
        if (keep > tokens.length / 2) {
            System.arraycopy(tokens, keep, tokens, 0, tail - keep);
            Arrays.fill(tokens, tail - keep, tail, null);
            head -= keep;
            tail -= keep;
        } else {
            tokens = Arrays.copyOf(tokens, tokens.length * 2);
        }
    }
}
