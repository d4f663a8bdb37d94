package dev.sluice.mirror;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
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
    private static final Duration POLL = Duration.ofMillis(500);
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
                new Copy(consumer, line.producer()).run();
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
        target.put("delivery.timeout.ms", 30_000);
        target.put("request.timeout.ms", 10_000);
        target.put("max.block.ms", 15_000);
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

    /** From one connection to its end. */
    private final class Copy {

        private final KafkaConsumer<byte[], byte[]> consumer;
        private final KafkaProducer<byte[], byte[]> producer;
        private final Pace pace = new Pace(settings.recordsPerSecond(), System::nanoTime);
        private final List<TopicPartition> partitions = new ArrayList<>();
        private Instant beaten = Instant.EPOCH;

        Copy(KafkaConsumer<byte[], byte[]> consumer, KafkaProducer<byte[], byte[]> producer) {
            this.consumer = consumer;
            this.producer = producer;
        }

        void run() {
            for (String topic : settings.topics()) {
                consumer.partitionsFor(topic)
                        .forEach(p -> partitions.add(new TopicPartition(topic, p.partition())));
            }
            consumer.assign(partitions);
            seek(Marks.read(settings.target()));
            while (!closed) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
                if (!records.isEmpty() || due()) {
                    copy(records);
                    trouble = null;
                }
                Duration debt = pace.debt(records.count());
                if (!debt.isZero()) {
                    pause(debt);
                }
            }
        }

        /** Where history was dropped before it could be copied, from what is left of it. */
        private void seek(Marks marks) {
            Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions);
            for (TopicPartition partition : partitions) {
                long begin = first.getOrDefault(partition, 0L);
                long next = marks.position(settings.cluster(), partition).orElse(begin);
                if (next < begin) {
                    LOG.atError()
                            .addKeyValue("partition", partition)
                            .addKeyValue("records", begin - next)
                            .log(
                                    "history was dropped before the centre had it: the bound of the disk is too small for such a cut");
                }
                consumer.seek(partition, Math.max(next, begin));
            }
        }

        private void copy(ConsumerRecords<byte[], byte[]> records) {
            producer.beginTransaction();
            for (ConsumerRecord<byte[], byte[]> record : records) {
                send(
                        new ProducerRecord<>(
                                record.topic(),
                                record.partition(),
                                record.timestamp(),
                                record.key(),
                                record.value(),
                                record.headers()));
            }
            for (TopicPartition partition : records.partitions()) {
                mark(
                        Marks.key(settings.cluster(), partition),
                        Marks.next(consumer.position(partition)));
            }
            if (due()) {
                Instant now = clock.instant();
                mark(settings.cluster(), Marks.heard(new Marks.Heard(now, behind())));
                beaten = now;
            }
            producer.commitTransaction();
        }

        private boolean due() {
            return !clock.instant().isBefore(beaten.plus(settings.beat()));
        }

        private long behind() {
            return consumer.endOffsets(partitions).entrySet().stream()
                    .mapToLong(end -> Math.max(0, end.getValue() - consumer.position(end.getKey())))
                    .sum();
        }

        private void mark(String key, String value) {
            send(new ProducerRecord<>(MirrorSettings.MARKS, bytes(key), bytes(value)));
        }

        /**
         * What is refused later shows at the commit. What is refused at once has waited its whole
         * time for a centre that is away: the next record would wait as long again.
         */
        private void send(ProducerRecord<byte[], byte[]> record) {
            Future<RecordMetadata> sent = producer.send(record);
            if (sent.state() == Future.State.FAILED) {
                throw new KafkaException(
                        "the centre takes no records of " + record.topic(), sent.exceptionNow());
            }
        }

        private static byte[] bytes(String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }
}
