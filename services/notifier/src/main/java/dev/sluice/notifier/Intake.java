package dev.sluice.notifier;

import dev.sluice.events.Topic;
import dev.sluice.pipeline.share.ConsumerThread;
import dev.sluice.topics.Partitions;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the announcements in the partitions that are this process' own, in order, and keeps their
 * place in the topic. Alone it has them all; one of several has those that Kafka gives it as a
 * member of a group.
 *
 * <p>Threads: all is read, and {@link Work} called, on one thread of its own.
 */
final class Intake implements AutoCloseable {

    /** What becomes of the announcements. */
    interface Work {

        /** What was announced in these partitions is for us to tell from now on. */
        void gained(Share share);

        /** It is no more, and another process waits for it: return when nothing is under way. */
        void lost(Set<Integer> partitions);

        /** Something was announced. It is done with when this returns. */
        void take(ConsumerRecord<String, byte[]> announcement);
    }

    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);
    private static final Duration COMMIT_PAUSE = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final IntakeSettings settings;
    private final Work work;
    private final ConsumerThread thread;

    /** When it was last known that what is ours is ours. */
    private volatile long known = System.nanoTime();

    /** Of each partition of ours the place up to which all is done. */
    private final Map<TopicPartition, OffsetAndMetadata> done = new HashMap<>();

    private boolean uncommitted;
    private long committed = System.nanoTime();

    Intake(IntakeSettings settings, Work work) {
        this.settings = settings;
        this.work = work;
        this.thread =
                new ConsumerThread(
                        "notifier-intake",
                        "announcements cannot be read and are tried again",
                        () -> new Open(settings.consumer()),
                        PATIENCE.multipliedBy(2));
    }

    void begin() {
        thread.begin();
    }

    /**
     * Whether another process can't have been given what is ours. A process that was stopped for
     * longer than its session must ask before it goes on.
     */
    boolean isTrusted() {
        return !settings.shared()
                || System.nanoTime() - known < settings.session().toNanos() * 2 / 3;
    }

    /** Gives back what is ours, as soon as nothing of it is under way. */
    @Override
    public void close() {
        thread.close();
    }

    /** A consumer in use. */
    private final class Open implements ConsumerThread.Use, ConsumerRebalanceListener {

        private final KafkaConsumer<String, byte[]> consumer;

        Open(KafkaConsumer<String, byte[]> consumer) {
            this.consumer = consumer;
        }

        @Override
        public KafkaConsumer<?, ?> consumer() {
            return consumer;
        }

        @Override
        public void begin() {
            String topic = Topic.ANNOUNCEMENTS.topicName();
            if (settings.shared()) {
                consumer.subscribe(List.of(topic), this);
                return;
            }
            List<TopicPartition> all = Partitions.of(consumer, topic);
            consumer.assign(all);
            onPartitionsAssigned(all);
        }

        @Override
        public void poll() {
            ConsumerRecords<String, byte[]> records =
                    consumer.poll(uncommitted ? COMMIT_PAUSE : settings.poll());
            assure();
            for (ConsumerRecord<String, byte[]> record : records) {
                if (thread.isClosed() || !take(record)) {
                    return;
                }
                done.put(
                        new TopicPartition(record.topic(), record.partition()),
                        new OffsetAndMetadata(record.offset() + 1));
                uncommitted = true;
            }
            if (uncommitted && System.nanoTime() - committed > COMMIT_PAUSE.toNanos()) {
                consumer.commitAsync(Map.copyOf(done), null);
                uncommitted = false;
                committed = System.nanoTime();
            }
        }

        /** A bug must not hold up all that is announced after it. False where we are at the end. */
        private boolean take(ConsumerRecord<String, byte[]> record) {
            try {
                work.take(record);
                return true;
            } catch (RuntimeException e) {
                if (!thread.isClosed()) {
                    LOG.atError()
                            .setCause(e)
                            .addKeyValue("about", record.key())
                            .log("an announcement cannot be taken and is left out");
                }
                return !thread.isClosed();
            }
        }

        /** After a long silence the broker says by a commit whether we are a member still. */
        private void assure() {
            if (isTrusted() || done.isEmpty() || commit()) {
                known = System.nanoTime();
            }
        }

        private boolean commit() {
            try {
                consumer.commitSync(Map.copyOf(done), PATIENCE);
                return true;
            } catch (KafkaException e) {
                // What is not committed is read again, and known.
                LOG.atDebug().setCause(e).log("the place in the announcements is not kept");
                return false;
            }
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> gained) {
            if (gained.isEmpty() || thread.isClosed()) {
                return;
            }
            int all = Partitions.of(consumer, Topic.ANNOUNCEMENTS.topicName()).size();
            work.gained(new Share(Partitions.numbers(gained), all));
            for (TopicPartition partition : gained) {
                done.put(partition, new OffsetAndMetadata(consumer.position(partition)));
            }
            if (settings.shared()) {
                LOG.atInfo()
                        .addKeyValue("gained", Partitions.numbers(gained))
                        .addKeyValue("owned", Partitions.numbers(done.keySet()))
                        .log("the share of the announcements has grown");
            }
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> lost) {
            if (lost.isEmpty()) {
                return;
            }
            work.lost(Partitions.numbers(lost));
            commit();
            done.keySet().removeAll(lost);
            LOG.atInfo()
                    .addKeyValue("lost", Partitions.numbers(lost))
                    .addKeyValue("owned", Partitions.numbers(done.keySet()))
                    .log("the share of the announcements has shrunk");
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> lost) {
            done.keySet().removeAll(lost);
            work.lost(Partitions.numbers(lost));
            LOG.atWarn()
                    .addKeyValue("lost", Partitions.numbers(lost))
                    .log("the share of the announcements was given to others");
        }

        /** One of a group gives back what is its own; alone there is nobody to wait for. */
        @Override
        public void close() {
            if (settings.shared()) {
                consumer.close(CloseOptions.timeout(PATIENCE));
            } else {
                work.lost(Partitions.numbers(done.keySet()));
                commit();
                done.clear();
                consumer.close(CloseOptions.timeout(Duration.ZERO));
            }
            done.clear();
        }
    }
}
