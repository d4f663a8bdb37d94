package dev.sluice.pipeline;

import dev.sluice.audit.Chain;
import dev.sluice.audit.LoggedRecord;
import dev.sluice.audit.Seal;
import dev.sluice.audit.ServiceKey;
import dev.sluice.audit.log.BrokerLog;
import dev.sluice.events.Topic;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.kafka.Record;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;

/**
 * Makes the senders of the services. What they send is chained and signed: each service has a key
 * of its own, in {@code <data>/keys} or where {@code sluice.keys} says, and goes on from the last
 * records that it wrote before.
 *
 * <p>The ends of the topics are read when the first event is sent, all at once; those of a topic
 * that a service comes with later, when it sends the first to it.
 */
@ApplicationScoped
public class EventSenders {

    /** Where several services write to a topic, so many records of others may lie at its end. */
    private static final long LOOK_BACK = 100;

    private final Map<String, Object> kafka;
    private final Path keys;
    private final Emitter<Record<String, byte[]>> trail;
    private final Traces traces;
    private final EventIds ids = EventIds.system();
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<Topic> topics = EnumSet.noneOf(Topic.class);
    private final Map<String, Chain> chains = new HashMap<>();

    /** By topic, how many; of those whose ends were read. */
    private final Map<String, Integer> partitions = new HashMap<>();

    /** What was written before this process, by topic, partition and service. */
    private final Map<String, LoggedRecord> latest = new HashMap<>();

    EventSenders(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            @ConfigProperty(name = "sluice.keys") Path keys,
            @Channel("every-stage-trail") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
                    Emitter<Record<String, byte[]>> trail,
            Traces traces) {
        this.kafka = Map.copyOf(kafka);
        this.trail = trail;
        this.keys = keys;
        this.traces = traces;
    }

    /**
     * A sender of events to one topic.
     *
     * @param producer name of the service on the wire, for example {@code sluice/renderer}
     */
    public EventSender to(
            Topic topic, Emitter<Record<String, byte[]>> emitter, String producer, Clock clock) {
        return new EventSender(
                sealed(topic, emitter, producer),
                topic.kind() == Topic.Kind.STATE ? sealed(Topic.TRAIL, trail, producer) : null,
                producer,
                EventIds.system(),
                clock,
                traces);
    }

    /** A topic whose records are no events, sealed as the others are. */
    SealedTopic letters(Emitter<Record<String, byte[]>> emitter, String stage) {
        return sealed(Topic.DEAD_LETTERS, emitter, "sluice/" + stage);
    }

    private SealedTopic sealed(
            Topic topic, Emitter<Record<String, byte[]>> emitter, String producer) {
        lock.lock();
        try {
            topics.add(topic);
        } finally {
            lock.unlock();
        }
        return new SealedTopic(emitter, () -> Optional.of(chain(topic, producer)));
    }

    /** All senders of a service to a topic share one. */
    private Chain chain(Topic topic, String producer) {
        lock.lock();
        try {
            Chain known = chains.get(topic + " " + producer);
            if (known != null) {
                return known;
            }
            readEnds(topic);
            Chain chain =
                    new Chain(
                            topic.topicName(),
                            ServiceKey.of(keys, producer, new SecureRandom()),
                            ids.next(),
                            partitions(topic),
                            heads(topic, producer));
            chains.put(topic + " " + producer, chain);
            return chain;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            lock.unlock();
        }
    }

    /** Reads a topic's ends, and with them those of all topics that are known by now and unread. */
    private void readEnds(Topic topic) throws IOException {
        if (partitions.containsKey(topic.topicName())) {
            return;
        }
        Set<Topic> unread = EnumSet.copyOf(topics);
        unread.removeIf(each -> partitions.containsKey(each.topicName()));
        partitions.putAll(
                new BrokerLog(kafka)
                        .readEnds(
                                unread,
                                LOOK_BACK,
                                record -> {
                                    if (!record.header(Seal.CHAIN).isEmpty()) {
                                        latest.put(key(record), record);
                                    }
                                }));
    }

    private int partitions(Topic topic) throws IOException {
        Integer count = partitions.get(topic.topicName());
        if (count == null) {
            throw new IOException("there is no topic " + topic.topicName());
        }
        return count;
    }

    private Map<Integer, LoggedRecord> heads(Topic topic, String producer) {
        Map<Integer, LoggedRecord> heads = new HashMap<>();
        latest.values().stream()
                .filter(record -> record.topic().equals(topic.topicName()))
                .filter(record -> record.producer().equals(producer))
                .forEach(record -> heads.put(record.partition(), record));
        return heads;
    }

    private static String key(LoggedRecord record) {
        return record.topic() + '-' + record.partition() + ' ' + record.producer();
    }
}
