package dev.sluice.applier;

import dev.sluice.kubernetes.cel.Condition;
import dev.sluice.kubernetes.cel.InvalidExpressionException;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.concurrent.locks.ReentrantLock;

/** Compiled expressions by their text, the last used ones. Safe for use by many threads. */
final class ExpressionCache {

    private static final int SIZE = 256;

    /** Compiles a text. */
    interface Compiler {
        Condition compile(String text) throws InvalidExpressionException;
    }

    private final Compiler compiler;
    private final ReentrantLock lock = new ReentrantLock();
    private final SequencedMap<String, Condition> compiled = new LinkedHashMap<>(16, 0.75f, true);

    ExpressionCache(Compiler compiler) {
        this.compiler = compiler;
    }

    Condition get(String text) throws InvalidExpressionException {
        lock.lock();
        try {
            Condition known = compiled.get(text);
            if (known == null) {
                known = compiler.compile(text);
                compiled.put(text, known);
                if (compiled.size() > SIZE) {
                    compiled.pollFirstEntry();
                }
            }
            return known;
        } finally {
            lock.unlock();
        }
    }
}
