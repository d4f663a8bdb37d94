package dev.sluice.kubernetes.cel;

import dev.cel.common.ast.CelExpr;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelEvaluationExceptionBuilder;
import dev.cel.runtime.CelEvaluationListener;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * What one evaluation may cost, since expressions come from strangers: a few lines can ask for more
 * text or longer lists than any machine has. Each step costs something, and so does the size of
 * what it makes, with all that is in it. For one evaluation, by one thread.
 */
final class EvaluationBudget implements CelEvaluationListener {

    /** Some thousand times what the expressions of real health checks need. */
    private static final long MOST = 1_000_000;

    /** Longer texts and heavier lists are of no use to anyone. */
    private static final long HEAVIEST = 1_000_000;

    private final IdentityHashMap<Object, Long> weights = new IdentityHashMap<>();
    private long spent;

    /** The evaluation cost too much; says so to whoever wrote the expression. */
    static final class SpentException extends RuntimeException {
        private static final long serialVersionUID = 1;

        SpentException() {
            super("the expression costs too much to evaluate");
        }
    }

    @Override
    public void callback(CelExpr step, Object result) {
        spend(1);
        weigh(result);
    }

    /**
     * Pays for something before it is made.
     *
     * @throws SpentException where that is too much
     */
    static void allow(long characters) throws CelEvaluationException {
        if (characters > HEAVIEST) {
            throw CelEvaluationExceptionBuilder.newBuilder(
                            "the expression would make a text of %d characters", characters)
                    .build();
        }
    }

    private void spend(long cost) {
        spent += cost;
        if (spent > MOST) {
            throw new SpentException();
        }
    }

    /** Elements that are the same object count each time, as they do for whoever goes over them. */
    private long weigh(Object value) {
        return switch (value) {
            case String text -> text.length() / 16 + 1;
            case Collection<?> list -> weigh(list, list);
            case Map<?, ?> map -> weigh(map, map.values());
            case null, default -> 1;
        };
    }

    private long weigh(Object owner, Collection<?> elements) {
        Long known = weights.get(owner);
        if (known != null) {
            return known;
        }
        spend(elements.size());
        long weight = 1;
        for (Object element : elements) {
            weight += weigh(element);
            if (weight > HEAVIEST) {
                throw new SpentException();
            }
        }
        weights.put(owner, weight);
        return weight;
    }
}
