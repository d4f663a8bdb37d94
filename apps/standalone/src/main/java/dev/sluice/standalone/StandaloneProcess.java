package dev.sluice.standalone;

import dev.sluice.broker.BrokerException;
import dev.sluice.broker.EmbeddedBroker;
import dev.sluice.broker.TopicAdmin;
import dev.sluice.mirror.Mirror;
import io.quarkus.runtime.Quarkus;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The process: first the broker, then Quarkus with all services, and the other way round at the
 * end.
 *
 * <p>A signal reaches Quarkus' own shutdown hook. The broker must outlive the services, so it is
 * stopped by a hook of ours that waits for them.
 */
public final class StandaloneProcess {

    private static final Duration HISTORY = Duration.ofDays(365);
    private static final Duration BROKER_PATIENCE = Duration.ofSeconds(30);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);

    private final Settings settings;
    private final Consumer<String> announce;
    private final Keeping keeping;
    private final CountDownLatch servicesStopped = new CountDownLatch(1);

    /**
     * @param announce takes the one line that says that all is up
     */
    public StandaloneProcess(Settings settings, Consumer<String> announce) {
        this(settings, announce, new Keeping(-1, null));
    }

    /**
     * @param announce takes the one line that says that all is up
     * @param keeping what becomes of the history
     */
    StandaloneProcess(Settings settings, Consumer<String> announce, Keeping keeping) {
        this.settings = settings;
        this.announce = announce;
        this.keeping = keeping;
    }

    /**
     * What becomes of the history.
     *
     * @param bytes it may take on the disk, all topics together; -1 for no bound
     * @param centre who is told of it; null for nobody
     */
    record Keeping(long bytes, @Nullable Centre centre) {

        TopicAdmin.History history() {
            return bytes < 0
                    ? new TopicAdmin.History(HISTORY, -1)
                    : TopicAdmin.History.ofAll(HISTORY, bytes);
        }
    }

    /** Runs until told to stop; the exit code. */
    public int run() throws ConfigurationException {
        long started = System.nanoTime();
        HeapBound.watch();
        AtomicInteger exitCode = new AtomicInteger();
        FileLock lock = lockData(settings.data());
        Future<?> cluster = askCluster();
        EmbeddedBroker broker =
                settings.kafka() == null
                        ? EmbeddedBroker.start(
                                settings.data().resolve("kafka"), settings.kafkaPort())
                        : null;
        Mirror mirror = null;
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stopBroker(broker), "stop-broker"));
        try {
            String brokers =
                    broker == null ? Objects.requireNonNull(settings.kafka()) : broker.address();
            tellAddress(settings.data(), "kafka.address", brokers);
            tellAddress(settings.data(), "http.address", "http://localhost:" + settings.port());
            TopicAdmin.createTopics(brokers, (short) 1, keeping.history(), BROKER_PATIENCE);
            if (broker != null) {
                TopicAdmin.keepHistory(brokers, keeping.history(), BROKER_PATIENCE);
            }
            await(cluster);
            if (keeping.centre() != null) {
                mirror = keeping.centre().mirror(settings.cluster(), brokers, keeping.bytes());
            }
            Running.configure(
                    settings, brokers, () -> announce.accept(readyLine(brokers, started)));
            Quarkus.run(Running.class, (code, failure) -> exitCode.set(ended(code, failure)));
        } catch (BrokerException e) {
            throw new ConfigurationException(String.valueOf(e.getMessage()));
        } finally {
            if (mirror != null) {
                mirror.close();
            }
            servicesStopped.countDown();
            release(lock);
        }
        return exitCode.get();
    }

    /** The API server is asked while the broker starts. */
    private Future<?> askCluster() {
        FutureTask<?> check =
                new FutureTask<>(() -> {
                    ClusterCheck.await(settings.kubernetes());
                    return null;
                });
        Thread.ofPlatform().name("cluster-check").daemon().start(check);
        return check;
    }

    private static void await(Future<?> check) throws ConfigurationException {
        try {
            check.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ConfigurationException wrong) {
                throw wrong;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted before the cluster was seen", e);
        }
    }

    private static int ended(int code, @Nullable Throwable failure) {
        if (failure == null) {
            return code;
        }
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        System.err.println("sluice: the services could not start: " + cause);
        return 1;
    }

    private String readyLine(String brokers, long started) {
        return "sluice is ready: cluster %s at %s, http://localhost:%d, kafka %s, data %s (%.1f s)"
                .formatted(
                        settings.cluster(),
                        settings.kubernetes().getMasterUrl(),
                        settings.port(),
                        brokers,
                        settings.data(),
                        (System.nanoTime() - started) / 1e9);
    }

    private void stopBroker(@Nullable EmbeddedBroker broker) {
        if (broker == null) {
            return;
        }
        try {
            if (!servicesStopped.await(STOP_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                System.err.println(
                        "sluice: the services did not stop in time; the broker stops anyway");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        broker.close();
    }

    /** Commands on this machine find the process by it. */
    private static void tellAddress(Path data, String file, String address)
            throws ConfigurationException {
        try {
            Files.writeString(data.resolve(file), address + '\n');
        } catch (IOException e) {
            throw new ConfigurationException(
                    "--data " + data + " cannot be written: " + e.getMessage());
        }
    }

    /** Two processes on one data directory would ruin each other's log. */
    private static FileLock lockData(Path data) throws ConfigurationException {
        try {
            FileChannel channel =
                    FileChannel.open(
                            data.resolve("lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                channel.close();
                throw new ConfigurationException(
                        "--data "
                                + data
                                + " is used by another sluice: stop it, or choose another directory");
            }
            return lock;
        } catch (IOException e) {
            throw new ConfigurationException(
                    "--data " + data + " cannot be locked: " + e.getMessage());
        }
    }

    private static void release(FileLock lock) {
        try {
            lock.channel().close();
        } catch (IOException e) {
            System.err.println(
                    "sluice: the lock of the data directory was not released: " + e.getMessage());
        }
    }
}
