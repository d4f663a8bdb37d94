package dev.sluice.ledger;

import dev.sluice.audit.LoggedRecord;
import dev.sluice.database.LedgerTables;
import dev.sluice.database.LedgerTables.Place;
import dev.sluice.events.Topic;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Copies the history topics into the tables, from the place that these know. For one thread. */
final class LedgerWriter {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerWriter.class);
    private static final List<Topic> TOPICS =
            Arrays.stream(Topic.values())
                    .filter(topic -> topic.kind() == Topic.Kind.HISTORY)
                    .toList();
    private static final Duration POLL = Duration.ofMinutes(1);
    private static final Duration LAST_PAUSE = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration EXPIRY_PAUSE = Duration.ofHours(6);

    /** What comes in this time is written at once: a transaction costs more than its rows. */
    private static final Duration GATHERING = Duration.ofMillis(200);

    private final LedgerDatabase database;
    private final Map<String, Object> kafka;
    private final int batch;
    private final Duration retention;
    private final Clock clock;
    private volatile boolean stopped;
    private volatile @Nullable KafkaConsumer<String, byte[]> reading;
    private Duration pause = Duration.ofSeconds(1);
    private Instant expired = Instant.MIN;

    LedgerWriter(
            LedgerDatabase database,
            Map<String, Object> kafka,
            int batch,
            Duration retention,
            Clock clock) {
        this.database = database;
        this.kafka = kafka;
        this.batch = batch;
        this.retention = retention;
        this.clock = clock;
    }

    /** Returns after {@link #stop}. */
    void run() {
        while (!stopped) {
            try (LedgerTables tables = database.open(log());
                    Reader reader = new Reader(consumer())) {
                reading = reader.consumer();
                copy(tables, reader.consumer());
            } catch (WakeupException e) {
                // Told to stop.
                return;
            } catch (IOException | SQLException | KafkaException e) {
                if (!stopped) {
                    LOG.atWarn()
                            .addKeyValue("reason", e.getMessage())
                            .addKeyValue("retryIn", pause)
                            .log("the ledger cannot be written and begins again");
                    LockSupport.parkNanos(pause.toNanos());
                    pause = pause.multipliedBy(2);
                    pause = pause.compareTo(LAST_PAUSE) > 0 ? LAST_PAUSE : pause;
                }
            }
        }
    }

    /**
     * A consumer that ends at once: it has no group to leave, and to end in good form it would wait
     * for a fetch that waits for news.
     */
    private record Reader(KafkaConsumer<String, byte[]> consumer) implements AutoCloseable {

        @Override
        public void close() {
            consumer.close(CloseOptions.timeout(Duration.ZERO));
        }
    }

    /** From any thread. */
    void stop() {
        stopped = true;
        KafkaConsumer<String, byte[]> consumer = reading;
        if (consumer != null) {
            consumer.wakeup();
        }
    }

    /** The id that Kafka gave itself. */
    private String log() throws IOException {
        try (Admin admin = Admin.create(kafka)) {
            return admin.describeCluster().clusterId().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException(
                    "the broker " + kafka.get("bootstrap.servers") + " does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private void copy(LedgerTables tables, KafkaConsumer<String, byte[]> consumer)
            throws SQLException {
        goOn(tables.places(), consumer);
        while (!stopped) {
            List<LoggedRecord> records = new ArrayList<>();
            consumer.poll(POLL).forEach(record -> records.add(LoggedRecord.of(record)));
            if (!records.isEmpty()) {
                tables.write(records);
                pause = Duration.ofSeconds(1);
                gather(records.size());
            }
            expire(tables);
        }
    }

    /** Waits for company, unless a full batch shows that there is more to read. */
    private void gather(int written) {
        if (written < batch / 2 && !stopped) {
            LockSupport.parkNanos(GATHERING.toNanos());
        }
    }

    /** Where the topic has expired beyond the place, at its beginning. */
    private static void goOn(Map<Place, Long> places, KafkaConsumer<String, byte[]> consumer) {
        List<TopicPartition> partitions =
                TOPICS.stream()
                        .flatMap(topic -> consumer.partitionsFor(topic.topicName()).stream())
                        .map(info -> new TopicPartition(info.topic(), info.partition()))
                        .toList();
        consumer.assign(partitions);
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
        for (TopicPartition partition : partitions) {
            long known =
                    places.getOrDefault(new Place(partition.topic(), partition.partition()), 0L);
            consumer.seek(partition, Math.max(known, begins.getOrDefault(partition, 0L)));
        }
    }

    private void expire(LedgerTables tables) throws SQLException {
        Instant now = clock.instant();
        if (expired.isBefore(now.minus(EXPIRY_PAUSE))) {
            tables.expire(now.minus(retention));
            expired = now;
        }
    }

    private KafkaConsumer<String, byte[]> consumer() {
        Map<String, Object> properties = new HashMap<>(kafka);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, batch);
        // What happened is told a moment later, and waiting costs nothing.
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 10_000);
        properties.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1);
        properties.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, 30_000);
        return new KafkaConsumer<>(
                properties, new StringDeserializer(), new ByteArrayDeserializer());
    }
}
