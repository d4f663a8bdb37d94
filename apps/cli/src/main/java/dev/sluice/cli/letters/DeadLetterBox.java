package dev.sluice.cli.letters;

import dev.sluice.events.Topic;
import dev.sluice.topics.Partitions;
import dev.sluice.topics.TopicReading;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The dead letters of one broker. Every call blocks. */
public final class DeadLetterBox {

    private final Map<String, Object> settings;

    /**
     * @param brokers {@code host:port}
     * @param patience with a broker that is away
     */
    public DeadLetterBox(String brokers, Duration patience) {
        Map<String, Object> common = new HashMap<>();
        int millis = Math.toIntExact(Math.min(patience.toMillis(), 600_000));
        common.put("bootstrap.servers", brokers);
        common.put("default.api.timeout.ms", millis);
        common.put("request.timeout.ms", millis);
        common.put("max.block.ms", millis);
        common.put("delivery.timeout.ms", millis);
        common.put("linger.ms", 0);
        this.settings = common;
    }

    /**
     * The letters, the oldest first.
     *
     * @param retriedToo also those that were put back
     */
    public List<DeadLetter> list(boolean retriedToo) throws LetterException {
        List<DeadLetter> letters = new ArrayList<>();
        Set<String> retried = new HashSet<>();
        for (ConsumerRecord<byte[], byte[]> record : records()) {
            DeadLetter letter = new DeadLetter(record);
            letter.retried().ifPresentOrElse(retried::add, () -> letters.add(letter));
        }
        return letters.stream()
                .filter(letter -> retriedToo || !retried.contains(letter.id()))
                .sorted(Comparator.comparing(DeadLetter::at))
                .toList();
    }

    private List<ConsumerRecord<byte[], byte[]>> records() throws LetterException {
        String topic = Topic.DEAD_LETTERS.topicName();
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (var consumer =
                new KafkaConsumer<>(
                        settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            TopicReading.all(consumer, Partitions.of(consumer, topic)).read(consumer, records::add);
            return records;
        } catch (KafkaException e) {
            throw new LetterException("The broker does not tell: " + e.getMessage());
        }
    }

    /**
     * Puts a letter back to the end of the topic that it came from, as it was, and notes that.
     * Stages drop what is older than what they have done, so doing it again does no harm.
     */
    public void retry(DeadLetter letter) throws LetterException {
        if (letter.topic().isEmpty()) {
            throw new LetterException(
                    "Letter " + letter.id() + " does not say where it came from.");
        }
        Headers original = letter.originalHeaders();
        try (var producer =
                new KafkaProducer<>(
                        settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            byte[] key = letter.record().key();
            producer.send(
                            new ProducerRecord<>(
                                    letter.topic(), null, key, letter.record().value(), original))
                    .get();
            Headers note = new RecordHeaders();
            note.add(DeadLetter.PREFIX + "retried", letter.id().getBytes(StandardCharsets.UTF_8));
            producer.send(
                            new ProducerRecord<>(
                                    Topic.DEAD_LETTERS.topicName(), null, key, null, note))
                    .get();
        } catch (KafkaException | ExecutionException e) {
            throw new LetterException("The broker does not take it: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LetterException("Interrupted.");
        }
    }
}
