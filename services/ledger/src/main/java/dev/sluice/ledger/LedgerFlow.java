package dev.sluice.ledger;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * The ledger's story. After the pipeline has started, a thread of its own opens the database (and
 * starts it, where it is the embedded one), asks it how far it has read, and copies what the
 * history topics have had since, batch by batch. Where the database or the broker fails, it begins
 * again.
 *
 * <p>It reads with one consumer of its own instead of channels: the place is kept in the database,
 * in the transaction of the rows, and ten idle channels would cost more than the work.
 */
@ApplicationScoped
class LedgerFlow {

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);

    private final LedgerConfig config;
    private final Path data;
    private final Map<String, Object> kafka;
    private @Nullable Thread thread;
    private volatile @Nullable LedgerWriter writer;
    private volatile boolean stopped;

    LedgerFlow(
            LedgerConfig config,
            @ConfigProperty(name = "sluice.data") Path data,
            @Identifier("default-kafka-broker") Map<String, Object> kafka) {
        this.config = config;
        this.data = data;
        this.kafka = Map.copyOf(kafka);
    }

    void start(@Observes StartupEvent event) {
        if (!config.database().equals("off")) {
            thread = Thread.ofPlatform().name("ledger").daemon().start(this::run);
        }
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        Thread running = thread;
        LedgerWriter writing = writer;
        stopped = true;
        if (writing != null) {
            writing.stop();
        }
        if (running != null) {
            // No interrupt: it would keep the thread from stopping the database in order.
            LockSupport.unpark(running);
            running.join(STOP_PATIENCE);
        }
    }

    private void run() {
        LockSupport.parkNanos(config.startAfter().toNanos());
        if (stopped) {
            return;
        }
        try (LedgerDatabase database = new LedgerDatabase(config.database(), data)) {
            LedgerWriter writing =
                    new LedgerWriter(
                            database, kafka, config.batch(), config.retention(), Clock.systemUTC());
            writer = writing;
            writing.run();
        }
    }
}
