package dev.sluice.cli.replay;

import dev.sluice.cli.audit.Happening;
import dev.sluice.cli.audit.History;
import dev.sluice.cli.audit.HistoryFilter;
import dev.sluice.cli.audit.TimeOrder;
import dev.sluice.events.EventCodec;
import dev.sluice.events.Topic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Events into a topic, for a consumer to be tested: the same keys, ids and bodies in the order of
 * time, each with the mark {@value EventCodec#REPLAY}. Signatures stay behind: they are for the
 * place where the records were.
 */
public final class TopicReplay {

    private static final long PATIENCE_SECONDS = 30;

    private final String brokers;
    private final String topic;
    private final String mark;

    /**
     * @param mark which replay this is
     * @throws ReplayException for a topic of the pipeline: services start from those
     */
    public TopicReplay(String brokers, String topic, String mark) throws ReplayException {
        if (Arrays.stream(Topic.values()).anyMatch(own -> own.topicName().equals(topic))) {
            throw new ReplayException(
                    topic
                            + " is a topic of the pipeline, which would no longer tell what happened: choose another, for example replay."
                            + topic);
        }
        this.brokers = brokers;
        this.topic = topic;
        this.mark = mark;
    }

    /**
     * Makes the topic where it is not there, and writes what the filter takes; returns how many it
     * wrote.
     */
    public int write(History history, HistoryFilter filter) throws ReplayException, IOException {
        makeTopic();
        try (TimeOrder found = new TimeOrder()) {
            history.read(
                    filter::mayTake,
                    happening -> {
                        if (filter.takes(happening, history)) {
                            found.add(happening.time(), happening.id(), texts(happening));
                        }
                    });
            return write(found);
        }
    }

    private int write(TimeOrder found) throws ReplayException, IOException {
        AtomicInteger written = new AtomicInteger();
        AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(
                        properties(), new StringSerializer(), new ByteArraySerializer())) {
            found.forEach(texts -> {
                if (failure.get() == null) {
                    // What becomes of it is told to the callback.
                    Future<RecordMetadata> _ =
                            producer.send(
                                    record(texts),
                                    (_, refused) -> {
                                        if (refused == null) {
                                            written.incrementAndGet();
                                        } else {
                                            failure.compareAndSet(null, refused);
                                        }
                                    });
                }
            });
            producer.flush();
        } catch (KafkaException e) {
            throw cannotWrite(e);
        }
        Exception refused = failure.get();
        if (refused != null) {
            throw cannotWrite(refused);
        }
        return written.get();
    }

    private void makeTopic() throws ReplayException {
        try (Admin admin = Admin.create(properties())) {
            Set<String> there = admin.listTopics().names().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (!there.contains(topic)) {
                admin.createTopics(List.of(new NewTopic(topic, Optional.of(1), Optional.empty())))
                        .all()
                        .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            }
        } catch (ExecutionException | TimeoutException e) {
            throw cannotWrite(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ReplayException("interrupted");
        }
    }

    private Map<String, Object> properties() {
        return Map.of("bootstrap.servers", brokers);
    }

    private ReplayException cannotWrite(Exception why) {
        return new ReplayException(
                "the broker " + brokers + " cannot be written to: " + why.getMessage());
    }

    /** Key, body, then names and values of the headers. */
    private static List<String> texts(Happening happening) {
        List<String> texts = new ArrayList<>();
        texts.add(happening.key());
        texts.add(new String(EventCodec.body(happening.event()), StandardCharsets.UTF_8));
        EventCodec.headers(happening.envelope())
                .forEach((name, value) -> {
                    texts.add(name);
                    texts.add(value);
                });
        return texts;
    }

    private ProducerRecord<String, byte[]> record(List<String> texts) {
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(topic, texts.get(0), bytes(texts.get(1)));
        for (int i = 2; i < texts.size(); i += 2) {
            record.headers().add(texts.get(i), bytes(texts.get(i + 1)));
        }
        record.headers().add(EventCodec.REPLAY, bytes(mark));
        return record;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
