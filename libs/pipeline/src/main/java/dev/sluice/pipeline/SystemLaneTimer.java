package dev.sluice.pipeline;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The timer of a running service: one daemon thread. */
final class SystemLaneTimer implements LaneTimer {

    private final ScheduledThreadPoolExecutor executor;

    SystemLaneTimer() {
        executor =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().daemon().name("lane-timer").factory());
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public Alarm set(Duration delay, Runnable ring) {
        long nanos = delay.toNanos();
        return new SystemAlarm(
                System.nanoTime() + nanos, executor.schedule(ring, nanos, TimeUnit.NANOSECONDS));
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    private record SystemAlarm(long due, ScheduledFuture<?> future) implements Alarm {
        @Override
        public void cancel() {
            future.cancel(false);
        }
    }
}
