package dev.sluice.pipeline;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A queue in which groups take turns: however many keys of one group wait, the first of another is
 * next but one. Within a group it is first come, first served. Not for more than one thread.
 */
final class FairQueue<K> {

    private final Function<? super K, String> group;
    private final Map<String, Queue<K>> queues = new LinkedHashMap<>();

    FairQueue(Function<? super K, String> group) {
        this.group = group;
    }

    void add(K key) {
        queues.computeIfAbsent(group.apply(key), _ -> new ArrayDeque<>()).add(key);
    }

    /**
     * Takes out the next.
     *
     * @param free whether a group may have one more
     * @return null where none of a free group waits
     */
    @Nullable K poll(Predicate<String> free) {
        Iterator<Map.Entry<String, Queue<K>>> turns = queues.entrySet().iterator();
        while (turns.hasNext()) {
            Map.Entry<String, Queue<K>> turn = turns.next();
            if (!free.test(turn.getKey())) {
                continue;
            }
            Queue<K> waiting = turn.getValue();
            K next = waiting.poll();
            turns.remove();
            if (!waiting.isEmpty()) {
                queues.put(turn.getKey(), waiting);
            }
            return next;
        }
        return null;
    }

    boolean remove(K key) {
        String name = group.apply(key);
        Queue<K> waiting = queues.get(name);
        boolean removed = waiting != null && waiting.remove(key);
        if (waiting != null && waiting.isEmpty()) {
            queues.remove(name);
        }
        return removed;
    }

    void clear() {
        queues.clear();
    }
}
