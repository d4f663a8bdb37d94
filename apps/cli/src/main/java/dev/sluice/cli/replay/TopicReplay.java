package dev.sluice.cli.replay;

import dev.sluice.cli.audit.Happening;
import dev.sluice.events.EventCodec;
import dev.sluice.events.Topic;
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
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

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

    /** Makes the topic where it is not there, and writes; returns how many it wrote. */
    public int write(List<Happening> happenings) throws ReplayException {
        Map<String, Object> properties = Map.of("bootstrap.servers", brokers);
        try (Admin admin = Admin.create(properties)) {
            Set<String> there = admin.listTopics().names().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (!there.contains(topic)) {
                admin.createTopics(List.of(new NewTopic(topic, Optional.of(1), Optional.empty())))
                        .all()
                        .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new ReplayException(
                    "the broker " + brokers + " cannot be written to: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ReplayException("interrupted");
        }
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(
                        properties, new StringSerializer(), new ByteArraySerializer())) {
            List<Future<RecordMetadata>> written = new ArrayList<>();
            for (Happening happening : happenings) {
                written.add(producer.send(record(happening)));
            }
            for (Future<RecordMetadata> one : written) {
                one.get();
            }
            return happenings.size();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ReplayException("interrupted");
        } catch (KafkaException | ExecutionException e) {
            throw new ReplayException(
                    "the broker " + brokers + " cannot be written to: " + e.getMessage());
        }
    }

    private ProducerRecord<String, byte[]> record(Happening happening) {
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(topic, happening.key(), EventCodec.body(happening.event()));
        EventCodec.headers(happening.envelope())
                .forEach((name, value) ->
                        record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        record.headers().add(EventCodec.REPLAY, mark.getBytes(StandardCharsets.UTF_8));
        return record;
    }
}
