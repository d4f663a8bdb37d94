package dev.sluice.pipeline;

import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells when the broker is away, to whoever can go on without it. Where all services are one
 * process with the broker there is nothing to watch.
 */
@ApplicationScoped
public class BrokerWatch {

    private static final Logger LOG = LoggerFactory.getLogger(BrokerWatch.class);
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final int PATIENCE_MS = 3_000;

    private final boolean elsewhere;
    private final Map<String, Object> kafka;

    BrokerWatch(
            @ConfigProperty(name = "sluice.share.enabled", defaultValue = "false") boolean shared,
            @ConfigProperty(name = "sluice.broker.elsewhere", defaultValue = "false")
                    boolean elsewhere,
            @Identifier("default-kafka-broker") Map<String, Object> kafka) {
        this.elsewhere = shared || elsewhere;
        this.kafka = Map.copyOf(kafka);
    }

    /**
     * Begins to watch, on a virtual thread that ends with the process or when it is interrupted.
     *
     * @param task run again and again while the broker is away
     */
    public void whileAway(Runnable task) {
        if (elsewhere) {
            Thread.ofVirtual().name("broker-watch").start(() -> watch(task));
        }
    }

    private void watch(Runnable task) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MS);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MS);
        boolean away = false;
        try (Admin admin = Admin.create(settings)) {
            while (true) {
                boolean answers = answers(admin);
                if (away == answers) {
                    away = !answers;
                    LOG.warn(away ? "the broker is away" : "the broker is back");
                }
                if (away) {
                    task.run();
                }
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean answers(Admin admin) throws InterruptedException {
        try {
            return !admin.describeCluster()
                    .nodes()
                    .get(PATIENCE_MS, TimeUnit.MILLISECONDS)
                    .isEmpty();
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }
}
