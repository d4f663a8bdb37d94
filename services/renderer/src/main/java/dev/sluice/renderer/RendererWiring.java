package dev.sluice.renderer;

import dev.sluice.artifacts.ArtifactStore;
import dev.sluice.events.DeliveryId;
import dev.sluice.events.Stage;
import dev.sluice.events.Topic;
import dev.sluice.kubernetes.Cluster;
import dev.sluice.kustomize.api.BuildLimits;
import dev.sluice.pipeline.DeadLetters;
import dev.sluice.pipeline.DeliveryOutput;
import dev.sluice.pipeline.EventSender;
import dev.sluice.pipeline.EventSenders;
import dev.sluice.pipeline.FairGate;
import dev.sluice.pipeline.StageTimer;
import dev.sluice.pipeline.TopicRestorer;
import dev.sluice.pipeline.share.Shares;
import dev.sluice.quotas.QuotaWatch;
import dev.sluice.quotas.Quotas;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.reactive.messaging.kafka.Record;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jspecify.annotations.Nullable;

/** Puts the flow's parts together, and takes them apart at the end. */
@ApplicationScoped
class RendererWiring {

    private final KustomizationWatch watch;
    private final HelmReleaseWatch releases;
    private final ChartSources charts;
    private final Deliveries deliveries = new Deliveries();
    private final Quotas quotas = new Quotas();
    private final Cluster session;
    private volatile @Nullable QuotaWatch quotaWatch;
    private final ExecutorService pool;
    private final FairGate gate;
    private final RendererConfig config;
    private final String cluster;
    private final ArtifactStore store;

    RendererWiring(
            KubernetesClient client,
            RendererConfig config,
            @ConfigProperty(name = "sluice.cluster") String cluster,
            @ConfigProperty(name = "sluice.data") Path data)
            throws IOException {
        this.config = config;
        this.cluster = cluster;
        this.store = ArtifactStore.in(data.resolve("artifacts"), Clock.systemUTC());
        this.session = Cluster.over(client);
        this.watch = new KustomizationWatch(session, cluster, deliveries);
        this.charts = new ChartSources(cluster);
        this.releases = new HelmReleaseWatch(session, cluster, deliveries, charts);
        int builds = config.builds().orElse(Runtime.getRuntime().availableProcessors());
        this.gate = new FairGate(builds, builds + Math.max(1, builds / 2));
        this.pool =
                Executors.newCachedThreadPool(
                        Thread.ofPlatform().daemon().name("render-", 0).factory());
    }

    @Produces
    @Singleton
    RendererParts parts(
            TopicRestorer restorer,
            Shares shares,
            DeadLetters deadLetters,
            StageTimer timer,
            EventSenders senders,
            @Channel("renderer-rendered") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
                    Emitter<Record<String, byte[]>> rendered) {
        EventSender sender =
                senders.to(Topic.RENDERED, rendered, "sluice/renderer", Clock.systemUTC());
        return new RendererParts(
                deliveries,
                this::watch,
                this::watchQuotas,
                charts,
                restorer::restore,
                new DeliveryOutput(
                        cluster,
                        Set.of(KustomizationWatch.KIND, HelmReleaseWatch.KIND),
                        sender,
                        (outcome, took) -> timer.record(Stage.RENDERER, outcome, took)),
                new Builds(
                        store, new ReadSets(store), new TenantLimits(limits(), quotas), pool, gate),
                (record, why) -> deadLetters.put("renderer", record, why),
                shares.of("renderer", Topic.RENDERED),
                config);
    }

    private BuildLimits limits() {
        RendererConfig.Limits own = config.limits();
        BuildLimits rest = BuildLimits.DEFAULT;
        return new BuildLimits(
                rest.files(),
                rest.fileBytes(),
                own.bytes(),
                rest.yamlDepth(),
                rest.aliasNodes(),
                own.objects(),
                own.time());
    }

    private void watchQuotas(Consumer<Set<String>> changed) {
        quotaWatch = QuotaWatch.start(session, config.namespace(), quotas, changed);
    }

    private void watch(Consumer<DeliveryId> changed) {
        watch.start(changed);
        releases.start(changed);
    }

    void stop(@Observes ShutdownEvent event) {
        watch.close();
        releases.close();
        QuotaWatch watched = quotaWatch;
        if (watched != null) {
            watched.close();
        }
        pool.shutdownNow();
    }
}
