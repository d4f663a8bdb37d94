package dev.sluice.mirror;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies until it is closed, on a thread of its own. Whatever goes wrong is told once and tried
 * again; nothing of it stops anything else in the process.
 */
public final class Mirror implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Mirror.class);
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final Duration GOODBYE = Duration.ofSeconds(5);

    private final MirrorSettings settings;
    private final Clock clock;
    private final Thread thread;
    private volatile boolean closed;
    private volatile @Nullable String trouble = "it has not been started yet";

    private Mirror(MirrorSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.thread = Thread.ofPlatform().daemon().name("mirror").unstarted(this::run);
    }

    public static Mirror start(MirrorSettings settings, Clock clock) {
        Mirror mirror = new Mirror(settings, clock);
        mirror.thread.start();
        return mirror;
    }

    /** Why nothing is copied now; null where it is. */
    public @Nullable String trouble() {
        return trouble;
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        String told = "";
        while (!closed) {
            try (Line line = new Line(producer());
                    KafkaConsumer<byte[], byte[]> consumer = consumer()) {
                Map<String, Integer> partitions = new HashMap<>();
                settings.topics()
                        .forEach(topic ->
                                partitions.put(topic, consumer.partitionsFor(topic).size()));
                CentralTopics.ensure(settings.target(), partitions);
                // Whoever wrote under this name before is shut out from here on.
                line.producer().initTransactions();
                new Copy(settings, clock, consumer, line.producer())
                        .run(this::isOpen, this::copied);
            } catch (InterruptException e) {
                closed = true;
            } catch (KafkaException | IllegalStateException e) {
                String reason = String.valueOf(e.getMessage());
                trouble = reason;
                if (!reason.equals(told)) {
                    told = reason;
                    LOG.atWarn()
                            .addKeyValue("cluster", settings.cluster())
                            .addKeyValue("reason", reason)
                            .log("the centre hears nothing of this cluster for now");
                }
                pause(PAUSE);
            }
        }
    }

    private boolean isOpen() {
        return !closed;
    }

    private void copied() {
        trouble = null;
    }

    private void pause(Duration length) {
        try {
            Thread.sleep(length);
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    private KafkaProducer<byte[], byte[]> producer() {
        Map<String, Object> target = new HashMap<>(settings.target());
        target.put("transactional.id", "sluice-mirror-" + settings.cluster());
        target.put("acks", "all");
        target.put("compression.type", "zstd");
        target.put("linger.ms", 20);
        target.put("max.request.size", CentralTopics.LARGEST_RECORD);
        target.put("delivery.timeout.ms", 30_000);
        target.put("request.timeout.ms", 10_000);
        target.put("max.block.ms", 15_000);
        // A cut in the middle of one holds up the readers of the centre for that long.
        target.put("transaction.timeout.ms", 20_000);
        return new KafkaProducer<>(target, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        Map<String, Object> source = new HashMap<>(settings.source());
        source.put("enable.auto.commit", false);
        source.put("isolation.level", "read_committed");
        source.put("auto.offset.reset", "earliest");
        source.put("max.poll.records", Math.min(1000, settings.recordsPerSecond()));
        return new KafkaConsumer<>(
                source, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /**
     * The connection to the centre. It is given up after some seconds: to end a transaction in good
     * form a producer would wait for a centre that is away, for as long as it is.
     */
    private record Line(KafkaProducer<byte[], byte[]> producer) implements AutoCloseable {

        @Override
        public void close() {
            producer.close(GOODBYE);
        }
    }
}
