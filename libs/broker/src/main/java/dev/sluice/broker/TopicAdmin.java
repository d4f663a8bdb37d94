package dev.sluice.broker;

import dev.sluice.events.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;

/** Makes the topics of Sluice on a broker, embedded or not. */
public final class TopicAdmin {

    /** Partitions of every topic; a stage scales to as many processes. */
    public static final int PARTITIONS = 4;

    /** Most bytes of a record: a delivery names each of its objects, and may have thousands. */
    private static final String LARGEST_RECORD = Integer.toString(8 << 20);

    private TopicAdmin() {}

    /** As below, with no bound on the size of the history. */
    public static void createTopics(
            String brokers, short replicas, Duration history, Duration patience)
            throws BrokerException {
        createTopics(brokers, replicas, new History(history, -1), patience);
    }

    /**
     * How much history is kept.
     *
     * @param time how long
     * @param bytes of each partition at most; -1 for no bound
     */
    public record History(Duration time, long bytes) {

        /** A partition is cut back by whole segments, and one must hold the largest record. */
        private static final long SMALLEST_SEGMENT = 2L << 20;

        private static final long LARGEST_SEGMENT = 32L << 20;

        /** The least that can be kept to, all history together. */
        public static final long LEAST = 2 * SMALLEST_SEGMENT * PARTITIONS * historyTopics().size();

        public History {
            if (bytes >= 0 && bytes < 2 * SMALLEST_SEGMENT) {
                throw new IllegalArgumentException("a partition needs two segments at least");
            }
        }

        /**
         * A bound for all history together, shared out among the partitions of its topics.
         *
         * @throws IllegalArgumentException below {@link #LEAST}
         */
        public static History ofAll(Duration time, long bytes) {
            return new History(time, bytes / ((long) historyTopics().size() * PARTITIONS));
        }

        private long segment() {
            return bytes < 0
                    ? LARGEST_SEGMENT
                    : Math.clamp(bytes / 4, SMALLEST_SEGMENT, LARGEST_SEGMENT);
        }

        /** The broker drops the oldest segment when the others alone reach this. */
        private long retention() {
            return bytes < 0 ? -1 : bytes - segment();
        }

        private Map<String, String> settings() {
            return Map.of(
                    "cleanup.policy", "delete",
                    "segment.bytes", Long.toString(segment()),
                    "retention.bytes", Long.toString(retention()),
                    "retention.ms", Long.toString(time.toMillis()));
        }
    }

    private static List<Topic> historyTopics() {
        return Arrays.stream(Topic.values())
                .filter(topic -> topic.kind() == Topic.Kind.HISTORY)
                .toList();
    }

    /** Has a broker keep as much history as this, also of topics that are there already. */
    public static void keepHistory(String brokers, History history, Duration patience)
            throws BrokerException {
        Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
        for (Topic topic : historyTopics()) {
            List<AlterConfigOp> wanted = new ArrayList<>();
            history.settings()
                    .forEach((name, value) ->
                            wanted.add(
                                    new AlterConfigOp(
                                            new ConfigEntry(name, value),
                                            AlterConfigOp.OpType.SET)));
            changes.put(new ConfigResource(ConfigResource.Type.TOPIC, topic.topicName()), wanted);
        }
        with(
                brokers,
                patience,
                admin ->
                        admin.incrementalAlterConfigs(changes)
                                .all()
                                .get(patience.toSeconds(), TimeUnit.SECONDS));
    }

    /**
     * Makes the topics that are missing, and leaves those that are there as the operator has set
     * them.
     *
     * @param brokers {@code host:port}
     * @param replicas of each new topic
     * @param history how much of it history topics keep
     * @param patience how long to wait for the broker
     * @throws BrokerException where the broker does not answer or refuses
     */
    public static void createTopics(
            String brokers, short replicas, History history, Duration patience)
            throws BrokerException {
        with(
                brokers,
                patience,
                admin -> {
                    Set<String> present =
                            admin.listTopics().names().get(patience.toSeconds(), TimeUnit.SECONDS);
                    List<NewTopic> missing = new ArrayList<>();
                    Arrays.stream(Topic.values())
                            .filter(topic -> !present.contains(topic.topicName()))
                            .forEach(topic -> missing.add(newTopic(topic, replicas, history)));
                    admin.createTopics(missing).all().get(patience.toSeconds(), TimeUnit.SECONDS);
                });
    }

    private interface Deed {
        void with(Admin admin) throws ExecutionException, TimeoutException, InterruptedException;
    }

    private static void with(String brokers, Duration patience, Deed deed) throws BrokerException {
        Properties properties = new Properties();
        properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, brokers);
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) patience.toMillis());
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) patience.toMillis());
        try (Admin admin = Admin.create(properties)) {
            deed.with(admin);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new BrokerException(
                        "the Kafka broker at " + brokers + " does not answer: " + e.getCause(), e);
            }
        } catch (TimeoutException e) {
            throw new BrokerException(
                    "the Kafka broker at "
                            + brokers
                            + " does not answer within "
                            + patience.toSeconds()
                            + " s",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokerException(
                    "interrupted while waiting for the Kafka broker at " + brokers, e);
        }
    }

    private static NewTopic newTopic(Topic topic, short replicas, History history) {
        Map<String, String> settings =
                new HashMap<>(
                        switch (topic.kind()) {
                            case STATE ->
                                    Map.of(
                                            "cleanup.policy", "compact",
                                            "min.cleanable.dirty.ratio", "0.3",
                                            "segment.bytes", Integer.toString(8 << 20),
                                            "segment.ms", "600000",
                                            "delete.retention.ms", "86400000");
                            case HISTORY -> history.settings();
                            case NOTES ->
                                    Map.of(
                                            "cleanup.policy",
                                            "delete",
                                            "segment.bytes",
                                            Integer.toString(2 << 20),
                                            "retention.bytes",
                                            Integer.toString(2 << 20),
                                            "retention.ms",
                                            "86400000");
                        });
        settings.put("max.message.bytes", LARGEST_RECORD);
        return new NewTopic(topic.topicName(), PARTITIONS, replicas).configs(settings);
    }
}
