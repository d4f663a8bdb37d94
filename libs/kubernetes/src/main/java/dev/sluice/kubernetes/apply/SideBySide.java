package dev.sluice.kubernetes.apply;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * Does the same for many things, some at once, each on a virtual thread of its own, and returns
 * when all are done.
 *
 * @param width how many at once
 */
record SideBySide(int width) {

    <T> void run(List<T> things, Consumer<T> work) {
        if (things.size() == 1) {
            work.accept(things.getFirst());
            return;
        }
        Semaphore slots = new Semaphore(width);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture.allOf(
                            things.stream()
                                    .map(t ->
                                            CompletableFuture.runAsync(
                                                    () -> one(t, work, slots), threads))
                                    .toArray(CompletableFuture[]::new))
                    .join();
        }
    }

    private static <T> void one(T thing, Consumer<T> work, Semaphore slots) {
        slots.acquireUninterruptibly();
        try {
            work.accept(thing);
        } finally {
            slots.release();
        }
    }
}
