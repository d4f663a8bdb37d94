package dev.sluice.notifier;

import dev.sluice.events.Topic;
import dev.sluice.kubernetes.Cluster;
import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.kubernetes.watch.ObjectWatch;
import dev.sluice.pipeline.DeadLetters;
import dev.sluice.pipeline.EventSenders;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.kafka.Record;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the notifier together. */
@Singleton
class NotifierParts {

    private static final Logger LOG = LoggerFactory.getLogger(NotifierParts.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration MARGIN = Duration.ofHours(1);

    private final NotifierConfig config;
    private final Cluster cluster;
    private final NotificationHistory history;
    private final DeadLetters deadLetters;
    private final Clock clock = Clock.systemUTC();
    private final Outbox outbox;

    NotifierParts(
            NotifierConfig config,
            KubernetesClient client,
            DeadLetters deadLetters,
            EventSenders senders,
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            @ConfigProperty(name = "sluice.data") Path data,
            @Channel("notifier-notifications") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
                    Emitter<Record<String, byte[]>> notifications)
            throws IOException {
        this.config = config;
        this.cluster = Cluster.over(client);
        this.deadLetters = deadLetters;
        this.history = new NotificationHistory(kafka, deadLetters);
        this.outbox =
                new Outbox(
                        senders.to(Topic.NOTIFICATIONS, notifications, "sluice/notifier", clock),
                        config.waitingPerProvider(),
                        ToldJournal.open(data.resolve("notifier")));
    }

    int width() {
        return config.providersAtOnce();
    }

    DeadLetters deadLetters() {
        return deadLetters;
    }

    /** What runs between start and stop. */
    record Machine(
            Outbox outbox,
            Selection selection,
            ProviderLane lane,
            ObjectWatch alerts,
            ObjectWatch providers)
            implements AutoCloseable {

        @Override
        public void close() {
            alerts.close();
            providers.close();
        }
    }

    /** Reads what was due before, and what of it was told. */
    void restore() {
        history.restore(outbox, clock.instant().minus(config.giveUpAfter()).minus(MARGIN));
        outbox.settleTold();
    }

    /**
     * Returns when all Alerts and Providers there are have been seen.
     *
     * @param wake told of each Provider that something may be due for
     */
    Machine build(Consumer<ObjectName> wake) throws KubernetesException {
        AlertWarnings warnings = new AlertWarnings(cluster, clock);
        ObjectTable<KnownAlert> alerts =
                new ObjectTable<>("Alert", KnownAlert::read, warnings::invalid);
        ObjectTable<KnownProvider> providers =
                new ObjectTable<>(
                        "Provider", KnownProvider::read, provider -> wake.accept(provider.name()));
        ProviderLane lane =
                new ProviderLane(
                        providers,
                        alerts,
                        outbox,
                        new Telling(alerts, new ProviderAccess(cluster), clock),
                        warnings,
                        config.giveUpAfter(),
                        clock);
        return new Machine(
                outbox,
                new Selection(alerts, providers, config, clock),
                lane,
                watch(alerts),
                watch(providers));
    }

    private ObjectWatch watch(ObjectTable<?> table) throws KubernetesException {
        ObjectWatch watch =
                ObjectWatch.start(
                        cluster,
                        dev.sluice.kubernetes.watch.Selection.all(
                                cluster.resource(ObjectTable.API_VERSION, table.kind())),
                        table);
        try {
            while (!watch.awaitListed(PATIENCE)) {
                LOG.atWarn()
                        .addKeyValue("kind", table.kind())
                        .log("the objects cannot be listed yet");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return watch;
    }
}
