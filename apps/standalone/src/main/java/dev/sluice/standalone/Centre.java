package dev.sluice.standalone;

import dev.sluice.events.Topic;
import dev.sluice.mirror.Mirror;
import dev.sluice.mirror.MirrorSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The central Kafka that hears what happens here.
 *
 * @param address {@code host:port}
 * @param client settings of the client, such as TLS and SASL
 * @param recordsPerSecond how fast it may catch up
 */
record Centre(String address, Map<String, Object> client, int recordsPerSecond) {

    private static final Duration BEAT = Duration.ofSeconds(30);

    Centre {
        client = Map.copyOf(client);
    }

    /**
     * @param file with settings of the client; null for none
     */
    static Centre of(String address, @Nullable Path file, int recordsPerSecond)
            throws ConfigurationException {
        Map<String, Object> client = new HashMap<>();
        if (file != null) {
            Properties properties = new Properties();
            try (InputStream in = Files.newInputStream(file)) {
                properties.load(in);
            } catch (IOException e) {
                throw new ConfigurationException(
                        "--central-kafka-settings " + file + " cannot be read: " + e.getMessage());
            }
            properties.forEach((name, value) -> client.put(String.valueOf(name), value));
        }
        client.put("bootstrap.servers", address);
        if (recordsPerSecond < 1) {
            throw new ConfigurationException("--mirror-rate must be at least 1");
        }
        return new Centre(address, client, recordsPerSecond);
    }

    /**
     * Begins to tell it.
     *
     * @param historyLimit how many bytes the history may take here; -1 for no bound
     */
    Mirror mirror(String cluster, String brokers, long historyLimit) {
        List<String> topics =
                Arrays.stream(Topic.values())
                        .filter(topic -> topic.kind() == Topic.Kind.HISTORY)
                        .map(Topic::topicName)
                        .toList();
        return Mirror.start(
                new MirrorSettings(
                        cluster,
                        Map.of("bootstrap.servers", brokers),
                        client,
                        topics,
                        recordsPerSecond,
                        historyLimit,
                        BEAT),
                Clock.systemUTC());
    }
}
