package dev.sluice.standalone.demo;

import dev.sluice.events.Envelope;
import dev.sluice.events.Event;
import dev.sluice.events.Topic;
import dev.sluice.events.UnreadableEventException;
import dev.sluice.pipeline.EventReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Reads the topics as any subscriber may, hands every event to a listener, and lets the script wait
 * for what it means.
 *
 * <p>Thread: one daemon thread reads; {@link #close} ends it.
 */
public final class EventFollower implements AutoCloseable {

    private final KafkaConsumer<String, byte[]> consumer;
    private final Consumer<Envelope<Event>> listener;
    private final List<Waiting> waiting = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile boolean closed;

    private record Waiting(Predicate<Event> wanted, CompletableFuture<Envelope<Event>> found) {}

    /** Something that is waited for, from the moment when this was made. */
    interface Awaited {
        /**
         * The event.
         *
         * @throws ShowException where it does not come in time
         */
        Envelope<Event> get(Duration patience) throws ShowException;
    }

    /** Follows from now on. */
    public EventFollower(String brokers, List<Topic> topics, Consumer<Envelope<Event>> listener) {
        this.listener = listener;
        consumer =
                new KafkaConsumer<>(
                        Map.of("bootstrap.servers", brokers, "enable.auto.commit", false),
                        new StringDeserializer(),
                        new ByteArrayDeserializer());
        List<TopicPartition> partitions = new ArrayList<>();
        for (Topic topic : topics) {
            consumer.partitionsFor(topic.topicName())
                    .forEach(p -> partitions.add(new TopicPartition(p.topic(), p.partition())));
        }
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        thread = Thread.ofPlatform().daemon().name("event-follower").start(this::follow);
    }

    /** Starts to wait for an event; call before doing what causes it. */
    Awaited expect(String what, Predicate<Event> wanted) {
        Waiting entry = new Waiting(wanted, new CompletableFuture<>());
        waiting.add(entry);
        return patience -> {
            try {
                return entry.found().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                throw new ShowException(
                        what + " did not happen within " + patience.toSeconds() + " s", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ShowException("interrupted", e);
            } catch (java.util.concurrent.ExecutionException e) {
                throw new IllegalStateException(e);
            } finally {
                waiting.remove(entry);
            }
        };
    }

    @Override
    public void close() {
        closed = true;
        consumer.wakeup();
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow() {
        try (consumer) {
            while (!closed) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
                    take(record);
                }
            }
        } catch (org.apache.kafka.common.errors.WakeupException e) {
            // The end was asked for.
        }
    }

    private void take(ConsumerRecord<String, byte[]> record) {
        try {
            Envelope<Event> envelope = EventReader.read(record);
            if (envelope == null) {
                return;
            }
            listener.accept(envelope);
            for (Waiting entry : waiting) {
                if (entry.wanted().test(envelope.event())) {
                    entry.found().complete(envelope);
                }
            }
        } catch (UnreadableEventException e) {
            // The services' dead letters tell of it; a follower only looks.
        }
    }
}
