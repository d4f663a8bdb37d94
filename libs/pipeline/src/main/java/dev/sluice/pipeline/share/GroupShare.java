package dev.sluice.pipeline.share;

import dev.sluice.events.Topic;
import dev.sluice.pipeline.StateTable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.utils.Utils;
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
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration GOODBYE = Duration.ofSeconds(3);

    private final String group;
    private final Topic topic;
    private final Map<String, Object> settings;
    private final BiFunction<Topic, Set<Integer>, StateTable> restore;
    private final Thread thread;
    private volatile Set<Integer> owned = Set.of();
    private volatile int partitions = 1;
    private volatile boolean closed;
    private volatile @Nullable KafkaConsumer<?, ?> consumer;
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
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, (int) session.toMillis());
        settings.put(
                ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, (int) session.dividedBy(4).toMillis());
        settings.put(
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                CooperativeStickyAssignor.class.getName());
        thread = Thread.ofPlatform().daemon().name("share-" + group).unstarted(this::run);
    }

    @Override
    public boolean owns(String key) {
        return owned.contains(partition(key));
    }

    @Override
    public void begin(Listener told) {
        listener = told;
        thread.start();
    }

    @Override
    public void close() {
        closed = true;
        owned = Set.of();
        KafkaConsumer<?, ?> open = consumer;
        if (open != null) {
            // To leave the group takes a word to the broker: an interrupt would keep it back.
            open.wakeup();
        }
        try {
            thread.join(GOODBYE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** As Kafka's producers choose it. */
    private int partition(String key) {
        return Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8))) % partitions;
    }

    private void run() {
        String told = "";
        while (!closed) {
            try (KafkaConsumer<byte[], byte[]> member =
                    new KafkaConsumer<>(
                            settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
                consumer = member;
                partitions = Math.max(1, member.partitionsFor(topic.topicName()).size());
                member.subscribe(List.of(topic.topicName()), new Moves(member));
                while (!closed) {
                    member.poll(POLL);
                    told = "";
                }
            } catch (WakeupException e) {
                closed = true;
            } catch (KafkaException e) {
                told = tell(e, told);
                pause();
            }
        }
        LOG.atDebug().addKeyValue("group", group).log("the share was given back");
    }

    private String tell(KafkaException e, String told) {
        String reason = String.valueOf(e.getMessage());
        if (!reason.equals(told)) {
            LOG.atWarn()
                    .addKeyValue("group", group)
                    .addKeyValue("reason", reason)
                    .log("a part of the work cannot be taken and is tried again");
        }
        return reason;
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    private final class Moves implements ConsumerRebalanceListener {

        private final KafkaConsumer<?, ?> member;

        Moves(KafkaConsumer<?, ?> member) {
            this.member = member;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> gained) {
            member.pause(gained);
            Set<Integer> numbers = numbers(gained);
            numbers.removeAll(owned);
            if (numbers.isEmpty() || closed) {
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
            Set<Integer> numbers = numbers(lost);
            Set<Integer> left = new HashSet<>(owned);
            left.removeAll(numbers);
            owned = Set.copyOf(left);
            if (!numbers.isEmpty() && !closed) {
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

        private static Set<Integer> numbers(Collection<TopicPartition> partitions) {
            return partitions.stream()
                    .map(TopicPartition::partition)
                    .collect(Collectors.toCollection(HashSet::new));
        }
    }
}
