package dev.sluice.fetcher.git;

import java.io.IOException;
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

/**
 * Bounds what goes on with one host, in number and in time, so that a host that hangs holds up only
 * its own sources.
 *
 * <p>Threads: each operation has a virtual thread, which is interrupted when its time is over.
 */
final class HostGate {

    /** One operation with a remote. */
    interface Operation<T> {
        T run() throws IOException, GitFailure, InterruptedException;
    }

    private final int width;
    private final Map<String, Semaphore> hosts = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    HostGate(int width) {
        this.width = width;
    }

    /** Runs the operation once the host has room for it; its time counts from then on. */
    <T> T within(GitRemote remote, String what, Operation<T> operation)
            throws GitFailure, InterruptedException {
        Semaphore host = hosts.computeIfAbsent(remote.host(), name -> new Semaphore(width));
        host.acquire();
        try {
            return timed(remote, what, operation);
        } finally {
            host.release();
        }
    }

    private <T> T timed(GitRemote remote, String what, Operation<T> operation)
            throws GitFailure, InterruptedException {
        Callable<T> task = operation::run;
        Future<T> running = threads.submit(task);
        try {
            return running.get(remote.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw GitFailure.operation(
                    "unable to %s of '%s': no end within %s; spec.timeout allows more"
                            .formatted(what, remote.url(), remote.timeout()));
        } catch (ExecutionException e) {
            throw failure(remote, what, Objects.requireNonNull(e.getCause()));
        } catch (CancellationException e) {
            throw new InterruptedException();
        } finally {
            running.cancel(true);
        }
    }

    private static GitFailure failure(GitRemote remote, String what, Throwable cause) {
        return switch (cause) {
            case GitFailure known -> known;
            case IOException problem ->
                    new GitFailure(
                            GitFailure.Reason.GIT_OPERATION_FAILED,
                            "unable to %s of '%s': %s".formatted(what, remote.url(), told(problem)),
                            problem);
            case RuntimeException bug -> throw bug;
            case Error error -> throw error;
            default ->
                    throw new IllegalStateException(
                            "an operation ended in a way that it can't", cause);
        };
    }

    /** What went wrong, with the causes that say more. */
    private static String told(Throwable problem) {
        StringBuilder text = new StringBuilder(String.valueOf(problem.getMessage()));
        for (Throwable cause = problem.getCause(); cause != null; cause = cause.getCause()) {
            String more = cause.getMessage();
            if (more != null && text.indexOf(more) < 0) {
                text.append(": ").append(more);
            }
        }
        return text.toString();
    }
}
