package dev.sluice.pipeline.share;

import java.time.Duration;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls a consumer on a thread of its own until it is closed. Where Kafka fails it, that is told,
 * once as long as it is the same, and a moment later it begins again with another consumer.
 */
public final class ConsumerThread implements AutoCloseable {

    /** A consumer in use, on the thread alone. */
    public interface Use extends AutoCloseable {

        KafkaConsumer<?, ?> consumer();

        /** Asks for the partitions. */
        void begin();

        /** Takes what has come, or waits a while for it. */
        void poll();

        /** Gives the partitions back. */
        @Override
        void close();
    }

    private static final Logger LOG = LoggerFactory.getLogger(ConsumerThread.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final String trouble;
    private final Supplier<Use> open;
    private final Duration goodbye;
    private final Thread thread;
    private volatile boolean closed;
    private volatile @Nullable KafkaConsumer<?, ?> consumer;

    /**
     * @param trouble what is told when Kafka fails it
     * @param open makes a consumer
     * @param goodbye how long {@link #close} waits for the partitions to be given back
     */
    public ConsumerThread(String name, String trouble, Supplier<Use> open, Duration goodbye) {
        this.trouble = trouble;
        this.open = open;
        this.goodbye = goodbye;
        this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::run);
    }

    public void begin() {
        thread.start();
    }

    public boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
        KafkaConsumer<?, ?> used = consumer;
        if (used != null) {
            // To leave a group takes a word to the broker: an interrupt would keep it back.
            used.wakeup();
        }
        try {
            thread.join(goodbye);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        String told = "";
        while (!closed) {
            try (Use use = open.get()) {
                consumer = use.consumer();
                use.begin();
                while (!closed) {
                    use.poll();
                    told = "";
                }
            } catch (WakeupException e) {
                closed = true;
            } catch (KafkaException e) {
                told = tell(e, told);
                pause();
            }
        }
    }

    private String tell(KafkaException e, String told) {
        String reason = String.valueOf(e.getMessage());
        if (!reason.equals(told)) {
            LOG.atWarn()
                    .addKeyValue("thread", thread.getName())
                    .addKeyValue("reason", reason)
                    .log(trouble);
        }
        return reason;
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            closed = true;
        }
    }
}
