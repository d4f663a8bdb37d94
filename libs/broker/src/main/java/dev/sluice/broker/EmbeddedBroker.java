package dev.sluice.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.apache.kafka.server.metrics.KafkaYammerMetrics;

/**
 * A Kafka broker and controller in this process, on loopback, with its log in a directory that
 * outlives it. What it has acknowledged survives a kill of the process (the page cache is the
 * kernel's), and a restart with the same directory goes on with it.
 */
public final class EmbeddedBroker implements AutoCloseable {

    private static final String LOOPBACK = "127.0.0.1";

    private final KafkaRaftServer server;
    private final int port;

    private EmbeddedBroker(KafkaRaftServer server, int port) {
        this.server = server;
        this.port = port;
    }

    /**
     * Starts a broker and returns when it takes connections.
     *
     * @param directory its log; made and formatted where it is new
     * @param port 0 for any free one
     */
    public static EmbeddedBroker start(Path directory, int port) {
        return start(directory, port, Map.of());
    }

    /**
     * As above.
     *
     * @param more settings of Kafka, over ours; the listener for clients is named {@code BROKER}
     */
    public static EmbeddedBroker start(Path directory, int port, Map<String, String> more) {
        int brokerPort = port == 0 ? freePort() : port;
        format(directory);
        quietMeters();
        Properties settings = settings(directory, brokerPort, freePort());
        settings.putAll(more);
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
        server.startup();
        return new EmbeddedBroker(server, brokerPort);
    }

    /**
     * Kafka's own meters age every five seconds, a hundred of them one by one: a fifth of the times
     * that an idle process wakes up. Nobody reads them here, so the two threads that do it are
     * given something to wait for.
     */
    private static void quietMeters() {
        ScheduledExecutorService ticks =
                KafkaYammerMetrics.defaultRegistry().newScheduledThreadPool(2, "meter-tick");
        CountDownLatch never = new CountDownLatch(1);
        for (int i = 0; i < 2; i++) {
            ticks.execute(() -> {
                try {
                    never.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
    }

    /** {@code host:port}, as clients want it. */
    public String address() {
        return LOOPBACK + ':' + port;
    }

    /** Stops in order: the log is flushed and marked clean. */
    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    private static void format(Path directory) {
        if (Files.exists(directory.resolve("meta.properties"))) {
            return;
        }
        try (PrintStream silent =
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            Files.createDirectories(directory);
            new Formatter()
                    .setNodeId(1)
                    .setClusterId(Uuid.randomUuid().toString())
                    .addDirectory(directory.toString())
                    .setMetadataLogDirectory(directory.toString())
                    .setControllerListenerName("CONTROLLER")
                    .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                    .setIgnoreFormatted(true)
                    .setPrintStream(silent)
                    .run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException("cannot format the log directory " + directory, e);
        }
    }

    /**
     * Settings for one node with little memory. The controller's port may change between runs,
     * since the voter is fixed by address and there is one; a short session keeps a restart after a
     * kill from waiting for its own ghost.
     */
    private static Properties settings(Path directory, int port, int controllerPort) {
        Properties p = new Properties();
        p.put("process.roles", "broker,controller");
        p.put("node.id", "1");
        p.put(
                "listeners",
                "BROKER://"
                        + LOOPBACK
                        + ':'
                        + port
                        + ",CONTROLLER://"
                        + LOOPBACK
                        + ':'
                        + controllerPort);
        p.put("advertised.listeners", "BROKER://" + LOOPBACK + ':' + port);
        p.put("listener.security.protocol.map", "BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT");
        p.put("inter.broker.listener.name", "BROKER");
        p.put("controller.listener.names", "CONTROLLER");
        p.put("controller.quorum.voters", "1@" + LOOPBACK + ':' + controllerPort);
        p.put("controller.quorum.election.timeout.ms", "100");
        p.put("broker.session.timeout.ms", "2500");
        p.put("broker.heartbeat.interval.ms", "1500");
        p.put("metadata.max.idle.interval.ms", "60000");
        p.put("log.dirs", directory.toString());
        p.put("auto.create.topics.enable", "false");
        p.put("default.replication.factor", "1");
        p.put("min.insync.replicas", "1");
        for (String internal :
                new String[] {
                    "offsets.topic", "transaction.state.log", "share.coordinator.state.topic"
                }) {
            p.put(internal + ".replication.factor", "1");
            p.put(internal + ".num.partitions", "1");
        }
        p.put("transaction.state.log.min.isr", "1");
        p.put("share.coordinator.state.topic.min.isr", "1");
        p.put("group.initial.rebalance.delay.ms", "0");
        p.put("log.cleaner.dedupe.buffer.size", Integer.toString(4 << 20));
        p.put("log.cleaner.threads", "1");
        // A bound of the history holds to within a minute.
        p.put("log.retention.check.interval.ms", "60000");
        p.put("log.index.size.max.bytes", Integer.toString(1 << 20));
        p.put("num.network.threads", "1");
        p.put("num.io.threads", "1");
        // Each of them wakes up three times a second to find nothing.
        p.put("group.coordinator.threads", "1");
        p.put("num.recovery.threads.per.data.dir", "2");
        p.put("background.threads", "2");
        p.put("message.max.bytes", Integer.toString(12 << 20));
        p.put("replica.fetch.max.bytes", Integer.toString(12 << 20));
        p.put("socket.request.max.bytes", Integer.toString(16 << 20));
        return p;
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
