package dev.sluice.fetcher.http;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Bounds what goes on with one host, in number and in time, so that a host that hangs holds up only
 * its own sources; and leaves a host alone for a while that did not answer several times.
 *
 * <p>Threads: each operation has a virtual thread, which is interrupted when its time is over.
 */
public final class HostGate {

    /** One operation with a host. */
    public interface Operation<T, E extends Exception> {
        T run() throws IOException, InterruptedException, E;
    }

    private record Host(Semaphore room, HostHealth health) {}

    private final int width;
    private final Clock clock;
    private final Consumer<String> recovered;
    private final Map<String, Host> hosts = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * @param width how many operations may go on with one host at a time
     * @param recovered told of a host that answers again
     */
    public HostGate(int width, Clock clock, Consumer<String> recovered) {
        this.width = width;
        this.clock = clock;
        this.recovered = recovered;
    }

    /** A gate that tells nobody. */
    public HostGate(int width, Clock clock) {
        this(width, clock, host -> {});
    }

    /**
     * Runs the operation once the host has room for it; its time counts from then on.
     *
     * @param expected the exceptions of the operation's own that are passed on
     * @throws HostException if the host does not answer in time, or is left alone
     */
    public <T, E extends Exception> T within(
            String name, Duration timeout, Class<E> expected, Operation<T, E> operation)
            throws IOException, InterruptedException, E {
        Host host =
                hosts.computeIfAbsent(
                        name, n -> new Host(new Semaphore(width), new HostHealth(n, clock)));
        host.room().acquire();
        try {
            // Others may have found out while this one waited.
            host.health().check();
            T result = timed(name, timeout, expected, operation);
            if (host.health().answered()) {
                recovered.accept(name);
            }
            return result;
        } catch (IOException e) {
            host.health().failed(e);
            throw e;
        } finally {
            host.room().release();
        }
    }

    private <T, E extends Exception> T timed(
            String name, Duration timeout, Class<E> expected, Operation<T, E> operation)
            throws IOException, InterruptedException, E {
        Callable<T> task = operation::run;
        Future<T> running = threads.submit(task);
        try {
            return running.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw HostException.late(name, timeout);
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNull(e.getCause());
            if (expected.isInstance(cause)) {
                throw expected.cast(cause);
            }
            throw unexpected(cause);
        } catch (CancellationException e) {
            throw new InterruptedException();
        } finally {
            running.cancel(true);
        }
    }

    private static IOException unexpected(Throwable cause) {
        return switch (cause) {
            case IOException problem -> problem;
            case RuntimeException bug -> throw bug;
            case Error error -> throw error;
            default ->
                    throw new IllegalStateException(
                            "an operation ended in a way that it can't", cause);
        };
    }
}
