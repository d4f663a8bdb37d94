package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.events.Topic;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What the accounts of the services may do, in a cluster as {@code deploy/rbac} gives it to them
 * and at the broker as {@code deploy/topics} does. That they may do their work is shown by the
 * services that run with them.
 */
class RightsIT {

    private static Rig rig;
    private static SecuredKafka broker;
    private static ServiceAccounts accounts;

    @BeforeAll
    static void start() throws Exception {
        rig = new Rig();
        broker = new SecuredKafka(rig.directory.resolve("kafka"), rig.client);
        accounts = new ServiceAccounts(rig);
    }

    @AfterAll
    static void stop() {
        broker.close();
        rig.close();
    }

    @Test
    void noServiceMayDoMoreAtTheBrokerThanItsWork() {
        for (String service : ServiceAccounts.SERVICES) {
            String user = "sluice-" + service;
            for (Topic topic : Topic.values()) {
                if (!writes(service).contains(topic)) {
                    assertThatThrownBy(() -> write(user, topic))
                            .as(user + " writes " + topic)
                            .hasCauseInstanceOf(AuthorizationException.class);
                }
            }
            for (String other : ServiceAccounts.SERVICES) {
                if (!other.equals(service)) {
                    assertThatThrownBy(() -> join(user, other + "-share-default"))
                            .as(user + " takes the work of " + other)
                            .isInstanceOf(GroupAuthorizationException.class);
                }
            }
        }
    }

    /** What is a service's own to say; the applier's test is that its work goes on. */
    private static Set<Topic> writes(String service) {
        return switch (service) {
            case "fetcher" ->
                    EnumSet.of(
                            Topic.SOURCES,
                            Topic.ANNOUNCEMENTS,
                            Topic.AUDIT,
                            Topic.TRAIL,
                            Topic.DEAD_LETTERS);
            case "renderer" -> EnumSet.of(Topic.RENDERED, Topic.TRAIL, Topic.DEAD_LETTERS);
            case "decryptor" -> EnumSet.of(Topic.REVEALED, Topic.TRAIL, Topic.DEAD_LETTERS);
            case "applier" ->
                    EnumSet.of(
                            Topic.APPLIED,
                            Topic.OUTCOMES,
                            Topic.ANNOUNCEMENTS,
                            Topic.AUDIT,
                            Topic.TRAIL,
                            Topic.DEAD_LETTERS);
            case "drift-detector" -> EnumSet.of(Topic.DRIFT, Topic.DEAD_LETTERS);
            case "notifier" -> EnumSet.of(Topic.NOTIFICATIONS, Topic.ATTEMPTS, Topic.DEAD_LETTERS);
            default -> EnumSet.noneOf(Topic.class);
        };
    }

    private static void write(String user, Topic topic) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        broker.settings(user),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic.topicName(), new byte[0])).get();
        }
    }

    private static void join(String user, String group) {
        Map<String, Object> settings = new HashMap<>(broker.settings(user));
        settings.put("group.id", group);
        try (KafkaConsumer<byte[], byte[]> member =
                new KafkaConsumer<>(
                        settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            member.subscribe(List.of(Topic.DEAD_LETTERS.topicName()));
            member.poll(Duration.ofSeconds(30));
        }
    }

    @Test
    void noServiceMayDoMoreThanItsWork() throws Exception {
        assertThat(accounts.allowed("renderer", "get", "", "secrets")).isFalse();
        assertThat(
                        accounts.allowed(
                                "renderer",
                                "patch",
                                "kustomize.toolkit.fluxcd.io",
                                "kustomizations"))
                .isFalse();
        assertThat(accounts.allowed("fetcher", "list", "", "secrets")).isFalse();
        assertThat(accounts.allowed("fetcher", "create", "apps", "deployments")).isFalse();
        assertThat(accounts.allowed("decryptor", "patch", "apps", "deployments")).isFalse();
        assertThat(accounts.allowed("decryptor", "delete", "", "secrets")).isFalse();
        assertThat(accounts.allowed("drift-detector", "patch", "", "configmaps")).isFalse();
        assertThat(accounts.allowed("drift-detector", "get", "", "secrets")).isFalse();
        assertThat(accounts.allowed("notifier", "list", "", "secrets")).isFalse();
        assertThat(
                        accounts.allowed(
                                "notifier", "get", "kustomize.toolkit.fluxcd.io", "kustomizations"))
                .isFalse();
        assertThat(accounts.allowed("applier", "patch", "apps", "deployments")).isTrue();
    }
}
