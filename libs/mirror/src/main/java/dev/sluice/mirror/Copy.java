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
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The copy from one connection to its end. For one thread. */
final class Copy {

    private static final Logger LOG = LoggerFactory.getLogger(Copy.class);
    private static final Duration POLL = Duration.ofMillis(500);

    private final MirrorSettings settings;
    private final Clock clock;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final KafkaProducer<byte[], byte[]> producer;
    private final SourceLog log;
    private final Pace pace;
    private final List<TopicPartition> partitions = new ArrayList<>();

    /** Up to when the centre knows all that happened in a partition. */
    private final Map<TopicPartition, Instant> copiedUpTo = new HashMap<>();

    private Instant beaten = Instant.EPOCH;

    Copy(
            MirrorSettings settings,
            Clock clock,
            KafkaConsumer<byte[], byte[]> consumer,
            KafkaProducer<byte[], byte[]> producer) {
        this.settings = settings;
        this.clock = clock;
        this.consumer = consumer;
        this.producer = producer;
        this.log = new SourceLog(settings.source());
        this.pace = new Pace(settings.recordsPerSecond(), System::nanoTime);
    }

    /**
     * Copies until something goes wrong.
     *
     * @param open false when it is to end
     * @param copied told whenever the centre has heard something
     */
    void run(BooleanSupplier open, Runnable copied) {
        for (String topic : settings.topics()) {
            consumer.partitionsFor(topic)
                    .forEach(p -> partitions.add(new TopicPartition(topic, p.partition())));
        }
        consumer.assign(partitions);
        seek(Marks.settled(settings.target(), clock));
        while (open.getAsBoolean()) {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            if (!records.isEmpty() || due()) {
                copy(records);
                copied.run();
            }
            wait(pace.debt(records.count()));
        }
    }

    private static void wait(Duration length) {
        try {
            Thread.sleep(length);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    /** Where history was dropped before it could be copied, from what is left of it. */
    private void seek(Marks marks) {
        Instant now = clock.instant();
        Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> last = consumer.endOffsets(partitions);
        for (TopicPartition partition : partitions) {
            long begin = first.getOrDefault(partition, 0L);
            long next = marks.position(settings.cluster(), partition, log.id()).orElse(begin);
            if (next < begin) {
                LOG.atError()
                        .addKeyValue("partition", partition)
                        .addKeyValue("records", begin - next)
                        .log(
                                "history was dropped before the centre had it: the bound of the disk is too small for such a cut");
            }
            // A machine that lost its power may have lost what the centre has already.
            long end = last.getOrDefault(partition, begin);
            consumer.seek(partition, Math.clamp(next, begin, end));
            copiedUpTo.put(partition, next < end ? lastKnown(marks, partition) : now);
        }
    }

    /** Of a cluster that the centre has never heard of, when its first record was written. */
    private Instant lastKnown(Marks marks, TopicPartition partition) {
        Marks.Heard last = marks.heard().get(settings.cluster());
        if (last != null) {
            return last.knownUpTo();
        }
        OffsetAndTimestamp first = consumer.offsetsForTimes(Map.of(partition, 0L)).get(partition);
        return first == null ? clock.instant() : Instant.ofEpochMilli(first.timestamp());
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
            copiedUpTo.put(
                    new TopicPartition(record.topic(), record.partition()),
                    Instant.ofEpochMilli(record.timestamp()));
        }
        for (TopicPartition partition : records.partitions()) {
            mark(
                    Marks.key(settings.cluster(), partition),
                    Marks.next(consumer.position(partition), log.id()));
        }
        if (due()) {
            Instant now = clock.instant();
            mark(settings.cluster(), Marks.heard(now, report(now)));
            beaten = now;
        }
        producer.commitTransaction();
    }

    private boolean due() {
        return !clock.instant().isBefore(beaten.plus(settings.beat()));
    }

    /** How much the centre has not heard of yet, and since when. */
    private Marks.Report report(Instant now) {
        long behind = 0;
        Instant known = now;
        for (Map.Entry<TopicPartition, Long> end : consumer.endOffsets(partitions).entrySet()) {
            long missing = end.getValue() - consumer.position(end.getKey());
            if (missing > 0) {
                behind += missing;
                Instant upTo = copiedUpTo.getOrDefault(end.getKey(), now);
                known = upTo.isBefore(known) ? upTo : known;
            } else {
                copiedUpTo.put(end.getKey(), now);
            }
        }
        return new Marks.Report(
                behind,
                Duration.between(known, now),
                log.bytes(settings.topics()),
                settings.historyLimit());
    }

    private void mark(String key, String value) {
        send(new ProducerRecord<>(MirrorSettings.MARKS, bytes(key), bytes(value)));
    }

    /**
     * What is refused later shows at the commit. What is refused at once has waited its whole time
     * for a centre that is away: the next record would wait as long again.
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
