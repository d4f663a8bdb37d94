package dev.sluice.fetcher;

import dev.sluice.artifacts.ArtifactLimits;
import dev.sluice.artifacts.ArtifactStore;
import dev.sluice.events.Topic;
import dev.sluice.fetcher.bucket.BucketSource;
import dev.sluice.fetcher.external.ExternalSource;
import dev.sluice.fetcher.generator.GeneratorSource;
import dev.sluice.fetcher.git.GitClient;
import dev.sluice.fetcher.gitrepository.ClearSecrets;
import dev.sluice.fetcher.gitrepository.GitSource;
import dev.sluice.fetcher.gitrepository.PushHints;
import dev.sluice.fetcher.helm.HelmChartSource;
import dev.sluice.fetcher.helm.HelmRepositorySource;
import dev.sluice.fetcher.http.HostGate;
import dev.sluice.fetcher.http.WebClient;
import dev.sluice.fetcher.oci.OciSource;
import dev.sluice.fetcher.oci.RegistryClient;
import dev.sluice.fetcher.source.ArtifactPlace;
import dev.sluice.fetcher.source.Source;
import dev.sluice.fetcher.source.SourceKey;
import dev.sluice.fetcher.source.SourceLimits;
import dev.sluice.fetcher.source.SourceSecrets;
import dev.sluice.fetcher.source.SourceTable;
import dev.sluice.fetcher.source.SourceType;
import dev.sluice.fetcher.webhook.WebhookConfig;
import dev.sluice.fetcher.webhook.Webhooks;
import dev.sluice.fluxapi.NamespaceBoundary;
import dev.sluice.helm.chart.ChartLimits;
import dev.sluice.kubernetes.Cluster;
import dev.sluice.pipeline.EventSender;
import dev.sluice.pipeline.EventSenders;
import dev.sluice.pipeline.KeyedLanes;
import dev.sluice.pipeline.LaneRules;
import dev.sluice.pipeline.StageTimer;
import dev.sluice.pipeline.StateTable;
import dev.sluice.pipeline.TopicRestorer;
import dev.sluice.pipeline.share.Share;
import dev.sluice.pipeline.share.Shares;
import dev.sluice.quotas.QuotaWatch;
import dev.sluice.quotas.Quotas;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.vertx.http.HttpServer;
import io.quarkus.vertx.http.HttpServerStart;
import io.smallrye.reactive.messaging.kafka.Record;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.apache.kafka.common.KafkaException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the fetcher together, starts it and stops it.
 *
 * <p>Threads: one virtual thread reads at the start what was told before; the watch has its own;
 * each source that is worked on has a virtual thread of the lanes. Stopping lets no new work start
 * and does not wait, since all of it can be done again.
 */
@ApplicationScoped
public class FetcherService {

    private static final Logger LOG = LoggerFactory.getLogger(FetcherService.class);

    private static final Duration BROKER_PAUSE = Duration.ofSeconds(1);

    /** How long whoever comes next waits for a fetch of ours to end. */
    private static final Duration HANDOVER = Duration.ofSeconds(30);

    private static final Duration COLLECTION_PAUSE = Duration.ofHours(1);

    private final FetcherConfig config;
    private final String cluster;
    private final KubernetesClient client;
    private final TopicRestorer restorer;
    private final EventSender sender;
    private final EventSender announced;
    private final Requests requests;
    private final Progress progress;
    private final Clock clock = Clock.systemUTC();
    private final SourceTypes types;
    private final SourceTable table;
    private final AtomicReference<ArtifactPlace> place = new AtomicReference<>();
    private final AtomicReference<FetcherFlow> flow = new AtomicReference<>();
    private final Share share;
    private final KeyedLanes<SourceKey> lanes;
    private final SourceObjects objects;
    private final ArtifactStore store;
    private final HostGate gate;
    private final PushHints hints = new PushHints(clock);
    private final Webhooks webhooks;
    private final Quotas quotas = new Quotas();
    private volatile @Nullable QuotaWatch quotaWatch;
    private volatile boolean stopped;

    FetcherService(
            FetcherConfig config,
            WebhookConfig webhookConfig,
            @ConfigProperty(name = "sluice.cluster") String cluster,
            @ConfigProperty(name = "sluice.data") Path data,
            KubernetesClient client,
            Vertx vertx,
            TopicRestorer restorer,
            Shares shares,
            StageTimer timer,
            EventSenders senders,
            @Channel("fetcher-out") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
                    Emitter<Record<String, byte[]>> emitter,
            @Channel("fetcher-announcements") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
                    Emitter<Record<String, byte[]>> announcements,
            @Channel("fetcher-audit") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
                    Emitter<Record<String, byte[]>> audit)
            throws IOException {
        this.config = config;
        this.cluster = cluster;
        this.client = client;
        this.restorer = restorer;
        this.sender = senders.to(Topic.SOURCES, emitter, "sluice/fetcher", clock);
        this.announced = senders.to(Topic.ANNOUNCEMENTS, announcements, "sluice/fetcher", clock);
        this.requests =
                new Requests(
                        cluster, senders.to(Topic.AUDIT, audit, "sluice/fetcher", clock), clock);
        this.progress = new Progress(timer, clock);
        this.share = shares.of("fetcher", Topic.SOURCES);
        this.lanes =
                new KeyedLanes<>(
                        "fetcher",
                        LaneRules.fair(
                                config.concurrency(),
                                SourceKey::namespace,
                                key -> share.owns(key.in(cluster).toString())),
                        key -> flow.get().reconcile(key));
        this.store = ArtifactStore.in(data.resolve("artifacts"), clock);
        this.gate = new HostGate(config.connectionsPerHost(), clock);
        this.table = new SourceTable(source -> madeOf(source));
        this.types = new SourceTypes(types(data));
        this.objects = new SourceObjects(client, types.kinds(), table, lanes::wake);
        this.webhooks =
                new Webhooks(
                        webhookConfig,
                        new Webhooks.Parts(
                                client,
                                vertx,
                                new WebClient(gate),
                                table,
                                hints,
                                object -> {
                                    requests.byWebhook(object);
                                    objects.seen(object);
                                },
                                clock));
    }

    /**
     * Sources name the address of the artifact server in their status, so it comes first. (Earlier,
     * while the routes are collected, there is no channel to write events to yet.)
     */
    void start(@ObservesAsync HttpServerStart event, HttpServer server, Router router) {
        URI address =
                config.advertisedAddress()
                        .orElse(URI.create("http://localhost:" + server.getPort()));
        new ArtifactRoutes(types.kinds(), table, store).register(router);
        Thread.ofVirtual().name("fetcher-start").start(() -> run(new ArtifactPlace(address)));
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
        webhooks.close();
        share.close();
        lanes.close();
        objects.close();
        QuotaWatch watched = quotaWatch;
        if (watched != null) {
            watched.close();
        }
    }

    private void run(ArtifactPlace here) {
        place.set(here);
        Optional<StateTable> told = restored();
        if (told.isPresent()) {
            Announcements announcements =
                    new Announcements(cluster, sender, requests, told.get(), clock);
            quotaWatch =
                    QuotaWatch.start(
                            Cluster.over(client), config.namespace(), quotas, this::quotasChanged);
            flow.set(flow(announcements, here));
            // What others believe to be there and is no longer: seen once all that is there has
            // been seen.
            objects.start(kind ->
                    announcements.believed().stream()
                            .filter(key -> key.kind().equals(kind))
                            .forEach(lanes::wake));
            share.begin(new Shared(announcements));
            webhooks.start();
            collect();
        }
    }

    /** What was too large may no longer be. */
    private void quotasChanged(Set<String> namespaces) {
        if (flow.get() != null) {
            table.all().stream()
                    .map(Source::key)
                    .filter(key -> namespaces.contains(key.namespace()))
                    .forEach(lanes::wake);
        }
    }

    /** Several fetchers share the sources. */
    private final class Shared implements Share.Listener {

        private final Announcements announcements;

        Shared(Announcements announcements) {
            this.announcements = announcements;
        }

        @Override
        public void gained(StateTable said, Predicate<String> keys) {
            announcements.adopt(said, keys);
            announcements.believed().forEach(lanes::wake);
            table.all().forEach(source -> lanes.wake(source.key()));
        }

        @Override
        public void lost(Predicate<String> keys) {
            lanes.awaitIdle(key -> keys.test(key.in(cluster).toString()), HANDOVER);
        }
    }

    /** How far the start has come. */
    record State(boolean restored, List<String> unseen, long sources) {}

    State state() {
        return new State(flow.get() != null, objects.unseen(), table.all().size());
    }

    /** Cleans the store from time to time, on the thread of the start. */
    private void collect() {
        ArtifactCollection collection =
                new ArtifactCollection(store, table, restorer::restore, config.retention(), clock);
        while (!stopped) {
            LockSupport.parkNanos(COLLECTION_PAUSE.toNanos());
            if (!stopped) {
                collection.run();
            }
        }
    }

    /**
     * What was told before; waits for the broker as long as it takes. Empty if the fetcher is
     * stopped meanwhile.
     */
    private Optional<StateTable> restored() {
        while (!stopped) {
            try {
                return Optional.of(restorer.restore(Topic.SOURCES));
            } catch (KafkaException e) {
                LOG.atWarn()
                        .addKeyValue("topic", Topic.SOURCES.topicName())
                        .setCause(e)
                        .log("waiting for the broker");
                LockSupport.parkNanos(BROKER_PAUSE.toNanos());
            }
        }
        return Optional.empty();
    }

    private FetcherFlow flow(Announcements announcements, ArtifactPlace here) {
        StatusReport report =
                new StatusReport(
                        objects,
                        new KubernetesEvents(cluster, client, announced, clock),
                        here,
                        clock);
        Pace pace =
                new Pace(
                        config.intervalJitter(),
                        config.minRetryDelay(),
                        config.maxRetryDelay(),
                        new SecureRandom());
        return new FetcherFlow(table, types, objects, announcements, report, pace, progress);
    }

    /** The kinds of sources. */
    private List<SourceType<?>> types(Path data) throws IOException {
        GitClient git =
                new GitClient(config.repositories().orElse(data.resolve("git")), gate, clock);
        SourceSecrets secrets = new SourceSecrets(client);
        WebClient web = new WebClient(gate);
        RegistryClient registry = new RegistryClient(web, clock);
        return List.of(
                new GitSource(
                        git,
                        secrets,
                        table,
                        store,
                        new GitSource.Policy(
                                limits(), new ClearSecrets(config.refuseSecretsInClear())),
                        new GitSource.Pushes(hints, key -> lanes.wake(key), web),
                        clock),
                new OciSource(registry, secrets, store, limits()),
                new BucketSource(web, secrets, store, limits(), clock),
                new ExternalSource(web, store, limits()),
                new GeneratorSource(
                        client,
                        table,
                        store,
                        limits(),
                        new NamespaceBoundary(config.noCrossNamespaceRefs()),
                        () -> Objects.requireNonNull(place.get()),
                        clock),
                new HelmRepositorySource(web, secrets, store, ChartLimits.DEFAULT),
                new HelmChartSource(web, registry, secrets, table, store, ChartLimits.DEFAULT));
    }

    private List<SourceKey> madeOf(Source<?> source) {
        return types.madeOf(source);
    }

    private SourceLimits limits() {
        FetcherConfig.Limits limits = config.limits();
        return new SourceLimits(
                new ArtifactLimits(
                        limits.files(),
                        limits.bytes(),
                        limits.fileBytes(),
                        limits.depth(),
                        ArtifactLimits.DEFAULT.pathBytes()),
                quotas);
    }
}
