package dev.sluice.pipeline.share;

import dev.sluice.events.Topic;
import dev.sluice.pipeline.StateTable;
import dev.sluice.topics.Partitions;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A member of a consumer group, for the sake of its partitions alone: it reads no records. Who dies
 * loses his partitions after the session timeout, who ends gives them back at once.
 *
 * <p>While the broker is away nobody can gain anything, so everyone keeps what he has and goes on.
 * A process that was stopped for longer than the session and wakes up may finish a run that another
 * has begun as well: doing a thing twice changes nothing, and what it wrote that is older shows as
 * drift to the owner.
 */
final class GroupShare implements Share {

    private static final Logger LOG = LoggerFactory.getLogger(GroupShare.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration GOODBYE = Duration.ofSeconds(3);

    private final String group;
    private final Topic topic;
    private final Map<String, Object> settings;
    private final BiFunction<Topic, Set<Integer>, StateTable> restore;
    private final ConsumerThread thread;
    private volatile Set<Integer> owned = Set.of();
    private volatile int partitions = 1;
    private @Nullable Listener listener;

    /**
     * @param topic the stage's own; its keys are those of the work
     * @param kafka how to reach the broker
     * @param session after how long without a sign of life a member is taken for dead
     * @param restore reads partitions of a topic to their present end
     */
    GroupShare(
            String group,
            Topic topic,
            Map<String, Object> kafka,
            Duration session,
            BiFunction<Topic, Set<Integer>, StateTable> restore) {
        this.group = group;
        this.topic = topic;
        this.restore = restore;
        settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
        settings.putAll(Membership.settings(session));
        thread =
                new ConsumerThread(
                        "share-" + group,
                        "a part of the work cannot be taken and is tried again",
                        Member::new,
                        GOODBYE);
    }

    @Override
    public boolean owns(String key) {
        return !thread.isClosed() && owned.contains(partition(key));
    }

    @Override
    public void begin(Listener told) {
        listener = told;
        thread.begin();
    }

    @Override
    public void close() {
        thread.close();
    }

    private int partition(String key) {
        return Partitions.ofKey(key, partitions);
    }

    /** One use of a consumer; what is owned outlives it. */
    private final class Member implements ConsumerThread.Use, ConsumerRebalanceListener {

        private final KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());

        @Override
        public KafkaConsumer<?, ?> consumer() {
            return consumer;
        }

        @Override
        public void begin() {
            partitions = Math.max(1, Partitions.of(consumer, topic.topicName()).size());
            consumer.subscribe(List.of(topic.topicName()), this);
        }

        @Override
        public void poll() {
            consumer.poll(POLL);
        }

        @Override
        public void close() {
            consumer.close();
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> gained) {
            consumer.pause(gained);
            Set<Integer> numbers = new HashSet<>(Partitions.numbers(gained));
            numbers.removeAll(owned);
            if (numbers.isEmpty() || thread.isClosed()) {
                return;
            }
            StateTable said = restore.apply(topic, numbers);
            Set<Integer> all = new HashSet<>(owned);
            all.addAll(numbers);
            owned = Set.copyOf(all);
            LOG.atInfo()
                    .addKeyValue("group", group)
                    .addKeyValue("gained", numbers)
                    .addKeyValue("owned", owned)
                    .log("the share of the work has grown");
            listener().gained(said, in(numbers));
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> lost) {
            Set<Integer> numbers = Partitions.numbers(lost);
            Set<Integer> left = new HashSet<>(owned);
            left.removeAll(numbers);
            owned = Set.copyOf(left);
            if (!numbers.isEmpty() && !thread.isClosed()) {
                LOG.atInfo()
                        .addKeyValue("group", group)
                        .addKeyValue("lost", numbers)
                        .addKeyValue("owned", owned)
                        .log("the share of the work has shrunk");
                listener().lost(in(numbers));
            }
        }

        private Listener listener() {
            Listener told = listener;
            if (told == null) {
                throw new IllegalStateException("the share has not begun");
            }
            return told;
        }

        private Predicate<String> in(Set<Integer> numbers) {
            return key -> numbers.contains(partition(key));
        }
    }
}
