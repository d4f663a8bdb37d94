package dev.sluice.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The topics and the users of {@code deploy/topics} are made from the code: the topics, and the
 * channels of the services. Run with {@code -Ddeploy.write=true} it writes them.
 */
class StrimziObjectsTest {

    private static final Path FOLDER =
            Path.of(System.getProperty("sluice.root"), "deploy", "topics");

    /** What a service reads beside its channels: the artifacts that are needed, the last state. */
    private static final Map<String, List<String>> READS =
            Map.of(
                    "fetcher", List.of("sluice.rendered", "sluice.revealed", "sluice.applied"),
                    "applier", List.of("sluice.applied"));

    @Test
    void theTopicsAreThoseOfTheCode() throws IOException {
        StringBuilder text = new StringBuilder(head());
        for (Topic topic : Topic.values()) {
            text.append(topic(topic));
        }
        holds("topics.yaml", text.toString());
    }

    @Test
    void eachServiceMayDoWhatItsChannelsSayAndNoMore() throws IOException {
        Map<String, Set<String>> writes = byService("mp.messaging.outgoing.");
        Map<String, Set<String>> reads = byService("mp.messaging.incoming.");
        StringBuilder text = new StringBuilder(head());
        for (String service : writes.keySet()) {
            Set<String> read = new TreeSet<>(reads.getOrDefault(service, Set.of()));
            Set<String> written = new TreeSet<>(writes.get(service));
            if (written.stream().anyMatch(StrimziObjectsTest::isState)) {
                written.add(Topic.TRAIL.topicName());
            }
            written.add(Topic.DEAD_LETTERS.topicName());
            // What it wrote last tells it what it has done, and where its chain of records goes on.
            read.addAll(written);
            read.addAll(READS.getOrDefault(service, List.of()));
            text.append(user(service, read, written));
        }
        text.append(user("ledger", history(), Set.of()));
        holds("users.yaml", text.toString());
    }

    /** What the ledger tells of, without a channel. */
    private static Set<String> history() {
        return Arrays.stream(Topic.values())
                .filter(topic -> topic.kind() == Topic.Kind.HISTORY)
                .map(Topic::topicName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean isState(String topic) {
        return Arrays.stream(Topic.values())
                .anyMatch(t -> t.topicName().equals(topic) && t.kind() == Topic.Kind.STATE);
    }

    private static void holds(String name, String text) throws IOException {
        Path file = FOLDER.resolve(name);
        if (Boolean.getBoolean("deploy.write")) {
            Files.createDirectories(FOLDER);
            Files.writeString(file, text);
        }
        assertThat(file)
                .as(
                        "write it anew: ./mvnw -pl architecture -am test -Dtest=StrimziObjectsTest -Ddeploy.write=true")
                .hasContent(text);
    }

    private static String head() {
        return "# Made from the code by StrimziObjectsTest; do not edit.\n";
    }

    private static String topic(Topic topic) {
        String config =
                switch (topic.kind()) {
                    case STATE ->
                            """
                                cleanup.policy: compact
                                min.cleanable.dirty.ratio: 0.3
                                segment.ms: 600000
                                delete.retention.ms: 86400000
                            """;
                    case HISTORY ->
                            """
                                cleanup.policy: delete
                                retention.ms: 31536000000
                            """;
                    case NOTES ->
                            """
                                cleanup.policy: delete
                                segment.bytes: 2097152
                                retention.bytes: 2097152
                                retention.ms: 86400000
                            """;
                };
        return """
        ---
        apiVersion: kafka.strimzi.io/v1beta2
        kind: KafkaTopic
        metadata:
          name: %1$s
          namespace: kafka
          labels:
            strimzi.io/cluster: sluice
        spec:
          partitions: 4
          replicas: 3
          config:
            min.insync.replicas: 2
            max.message.bytes: 8388608
        %2$s\
        """
                .formatted(topic.topicName(), config);
    }

    private static String user(String service, Set<String> reads, Set<String> writes) {
        StringBuilder text =
                new StringBuilder(
                        """
                        ---
                        apiVersion: kafka.strimzi.io/v1beta2
                        kind: KafkaUser
                        metadata:
                          name: sluice-%s
                          namespace: kafka
                          labels:
                            strimzi.io/cluster: sluice
                        spec:
                          authentication:
                            type: tls
                          authorization:
                            type: simple
                            acls:
                        """
                                .formatted(service));
        for (String topic : reads) {
            text.append(acl("topic", topic, "literal", "Read, Describe"));
        }
        for (String topic : writes) {
            text.append(acl("topic", topic, "literal", "Write, Describe"));
        }
        // Those of its channels, and the one that shares out its work.
        text.append(acl("group", service + "-", "prefix", "Read"));
        return text.toString();
    }

    private static String acl(String type, String name, String pattern, String operations) {
        return "      - resource: {type: %s, name: %s, patternType: %s}\n        operations: [%s]\n        host: \"*\"\n"
                .formatted(type, name, pattern, operations);
    }

    /** Service to topics; the applier's part for Helm is the applier. */
    private static Map<String, Set<String>> byService(String direction) throws IOException {
        Map<String, Set<String>> services = new TreeMap<>();
        Channels.topics(direction)
                .forEach((topic, names) ->
                        new ArrayList<>(names)
                                .stream()
                                        .filter(name -> !name.equals("every stage"))
                                        .map(name -> name.equals("applier-helm") ? "applier" : name)
                                        .forEach(name ->
                                                services.computeIfAbsent(name, _ -> new TreeSet<>())
                                                        .add(topic)));
        return services;
    }
}
