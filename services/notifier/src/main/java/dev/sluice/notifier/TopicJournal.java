package dev.sluice.notifier;

import dev.sluice.events.NotificationId;
import dev.sluice.events.Topic;
import dev.sluice.topics.TopicReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal of notifiers that share the work, on {@code sluice.attempts}. Nobody waits for the
 * broker's answer: a mark is out of the process within a fraction of a millisecond, and what is out
 * arrives, also where the process ends.
 */
final class TopicJournal implements Journal {

    private static final Logger LOG = LoggerFactory.getLogger(TopicJournal.class);
    private static final Duration GOODBYE = Duration.ofMillis(500);

    /** Each takes as long as a mark may at the most. */
    private static final int TRIES = 100;

    private final TopicReader reader;
    private final KafkaProducer<String, byte[]> producer;

    private TopicJournal(TopicReader reader, KafkaProducer<String, byte[]> producer) {
        this.reader = reader;
        this.producer = producer;
    }

    /**
     * Opens it for writing.
     *
     * @param kafka how to reach the broker
     */
    static TopicJournal open(Map<String, Object> kafka) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        // A mark that cannot be written soon is worth nothing, and no attempt waits for it.
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 100);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 3_000);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 5_000);
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 1L << 20);
        settings.put(ProducerConfig.METADATA_MAX_IDLE_CONFIG, Duration.ofDays(1).toMillis());
        KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
        meet(producer);
        return new TopicJournal(new TopicReader(kafka), producer);
    }

    /** The first mark finds its way known. */
    private static void meet(KafkaProducer<String, byte[]> producer) {
        for (int tries = 0; tries < TRIES; tries++) {
            try {
                producer.partitionsFor(Topic.ATTEMPTS.topicName());
                return;
            } catch (TimeoutException e) {
                LOG.atTrace().setCause(e).log("the topic of attempts is not known yet");
            }
        }
    }

    @Override
    public Set<NotificationId> read() {
        Attempt.Reading attempts = new Attempt.Reading();
        reader.all(
                Topic.ATTEMPTS.topicName(),
                record ->
                        Attempt.read(new String(record.value(), StandardCharsets.UTF_8))
                                .ifPresent(attempts::take));
        return attempts.taken();
    }

    @Override
    public void write(Attempt attempt) {
        try {
            var _ =
                    producer.send(
                            new ProducerRecord<>(
                                    Topic.ATTEMPTS.topicName(),
                                    attempt.key(),
                                    attempt.line().getBytes(StandardCharsets.UTF_8)));
        } catch (KafkaException e) {
            LOG.atDebug().setCause(e).log("the journal of attempts cannot be written");
        }
    }

    @Override
    public void close() {
        producer.close(GOODBYE);
    }
}
