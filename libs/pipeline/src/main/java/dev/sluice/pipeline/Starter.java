package dev.sluice.pipeline;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins what needs the cluster as soon as the cluster answers. A virtual thread of its own tries
 * until it works or this is closed.
 */
public final class Starter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Starter.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** What is begun; repeatable as long as it fails with a checked exception. */
    public interface Begin {
        void run() throws Exception;
    }

    private final String name;
    private @Nullable Thread thread;
    private volatile String waitingFor = "it has not been started yet";

    public Starter(String name) {
        this.name = name;
    }

    public void start(Begin begin) {
        thread = Thread.ofVirtual().name(name + "-start").start(() -> repeat(begin));
    }

    /** Why it has not begun yet, as far as that is known. */
    public String waitingFor() {
        return waitingFor;
    }

    private void repeat(Begin begin) {
        String told = "";
        waitingFor = "it is about to begin";
        while (!Thread.currentThread().isInterrupted()) {
            try {
                begin.run();
                return;
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                String reason = String.valueOf(e.getMessage());
                waitingFor = reason;
                if (!reason.equals(told)) {
                    told = reason;
                    LOG.atWarn()
                            .addKeyValue("service", name)
                            .addKeyValue("reason", reason)
                            .log("waiting for the cluster");
                }
            }
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    @Override
    public void close() {
        if (thread != null) {
            thread.interrupt();
        }
    }
}
