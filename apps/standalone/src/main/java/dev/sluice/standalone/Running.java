package dev.sluice.standalone;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The Quarkus application: all services have started when it runs, so it says so and waits. */
public final class Running implements QuarkusApplication {

    /** Set once by the process before Quarkus starts, which makes this class by reflection. */
    private static @Nullable Launch launch;

    private static final String MAX_WAIT =
            "mp.messaging.connector.smallrye-kafka.fetch.max.wait.ms";

    /**
     * After a restart of the broker a consumer asks whether its place still holds, and the answer
     * comes behind that to a poll under way. (Where the broker is part of this process, both
     * restart.)
     */
    private static final String SHORT_WAIT_MS = "500";

    private record Launch(Settings settings, Runnable onReady) {}

    static void configure(Settings settings, String brokers, Runnable onReady) {
        launch = new Launch(settings, onReady);
        System.setProperty("kafka.bootstrap.servers", brokers);
        System.setProperty("sluice.cluster", settings.cluster());
        System.setProperty("sluice.data", settings.data().toString());
        System.setProperty("sluice.ledger.database", settings.ledger());
        System.setProperty("quarkus.http.port", Integer.toString(settings.port()));
        if (settings.kafka() != null) {
            System.setProperty("sluice.broker.elsewhere", "true");
            System.setProperty(MAX_WAIT, SHORT_WAIT_MS);
            System.setProperty("kafka.reconnect.backoff.max.ms", "1000");
        }
        if (settings.webhookPort() != null) {
            System.setProperty("sluice.webhook.port", Integer.toString(settings.webhookPort()));
        }
    }

    static Settings settings() {
        return Objects.requireNonNull(launch, "Quarkus was started without the process").settings();
    }

    @Override
    public int run(String... args) {
        Objects.requireNonNull(launch).onReady().run();
        Quarkus.waitForExit();
        return 0;
    }
}
