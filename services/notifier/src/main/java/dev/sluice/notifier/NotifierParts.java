package dev.sluice.notifier;

import dev.sluice.events.NotificationDue;
import dev.sluice.events.Topic;
import dev.sluice.kubernetes.Cluster;
import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.kubernetes.watch.ObjectWatch;
import dev.sluice.pipeline.DeadLetters;
import dev.sluice.pipeline.EventSender;
import dev.sluice.pipeline.EventSenders;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.kafka.Record;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
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
    private final Map<String, Object> kafka;
    private final IntakeSettings intake;
    private final DeadLetters deadLetters;
    private final Path data;
    private final EventSender sender;
    private final Clock clock = Clock.systemUTC();

    NotifierParts(
            NotifierConfig config,
            KubernetesClient client,
            DeadLetters deadLetters,
            EventSenders senders,
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            @ConfigProperty(name = "sluice.data") Path data,
            @Channel("notifier-notifications") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
                    Emitter<Record<String, byte[]>> notifications) {
        this.config = config;
        this.cluster = Cluster.over(client);
        this.deadLetters = deadLetters;
        this.data = data;
        this.kafka = Map.copyOf(kafka);
        this.intake =
                new IntakeSettings(
                        kafka,
                        config.shared(),
                        config.session(),
                        Duration.ofMillis(config.fetchWait()));
        this.sender = senders.to(Topic.NOTIFICATIONS, notifications, "sluice/notifier", clock);
    }

    int width() {
        return config.providersAtOnce();
    }

    DeadLetters deadLetters() {
        return deadLetters;
    }

    /** What runs between start and stop. */
    record Machine(
            Intake intake,
            Journal journal,
            Outbox outbox,
            Selection selection,
            ProviderLane lane,
            List<ObjectWatch> watches)
            implements AutoCloseable {

        @Override
        public void close() {
            intake.close();
            watches.forEach(ObjectWatch::close);
            journal.close();
        }
    }

    /** Reads what was due in a part of the announcements before, and what of it was told. */
    void restore(Machine machine, Share share) {
        Instant since = clock.instant().minus(config.giveUpAfter()).minus(MARGIN);
        new NotificationHistory(kafka, deadLetters)
                .read(
                        since,
                        (event, envelope) -> {
                            OptionalInt partition = OptionalInt.empty();
                            if (event instanceof NotificationDue due) {
                                partition = share.partition(due.announced().key());
                                machine.selection().recall(due);
                            }
                            machine.outbox().restore(event, envelope, partition);
                        });
        machine.outbox().arrive(machine.journal().read());
    }

    /**
     * Returns when all Alerts and Providers there are have been seen.
     *
     * @param wake told of each Provider that something may be due for
     * @param work takes what is announced, when the intake has begun
     */
    Machine build(Consumer<ObjectName> wake, Intake.Work work) throws KubernetesException {
        AlertWarnings warnings = new AlertWarnings(cluster, clock);
        ObjectTable<KnownAlert> alerts =
                new ObjectTable<>("Alert", KnownAlert::read, warnings::invalid);
        ObjectTable<KnownProvider> providers =
                new ObjectTable<>(
                        "Provider", KnownProvider::read, provider -> wake.accept(provider.name()));
        List<ObjectWatch> watches = List.of(watch(alerts), watch(providers));
        Intake announcements = new Intake(intake, work);
        Journal journal = journal();
        Outbox outbox =
                new Outbox(
                        sender,
                        config.waitingPerProvider(),
                        journal::write,
                        announcements::isTrusted);
        ProviderLane lane =
                new ProviderLane(
                        providers,
                        alerts,
                        outbox,
                        new Telling(alerts, new ProviderAccess(cluster), clock),
                        warnings,
                        config.giveUpAfter(),
                        clock);
        Selection selection = new Selection(alerts, providers, config, clock);
        return new Machine(announcements, journal, outbox, selection, lane, watches);
    }

    private Journal journal() {
        try {
            return intake.shared()
                    ? TopicJournal.open(kafka)
                    : FileJournal.open(data.resolve("notifier"));
        } catch (IOException e) {
            throw new UncheckedIOException("the journal of attempts cannot be opened", e);
        }
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
