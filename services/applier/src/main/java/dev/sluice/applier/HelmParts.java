package dev.sluice.applier;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.applier.helm.HelmCharts;
import dev.sluice.applier.helm.HelmEvents;
import dev.sluice.applier.helm.HelmLane;
import dev.sluice.applier.helm.HelmReleases;
import dev.sluice.applier.helm.HelmStatuses;
import dev.sluice.applier.helm.HelmWork;
import dev.sluice.applier.helm.ReleaseContents;
import dev.sluice.applier.helm.ReleaseLimits;
import dev.sluice.applier.helm.ReleaseWindows;
import dev.sluice.artifacts.ArtifactStore;
import dev.sluice.events.DeliveryId;
import dev.sluice.events.DriftDetected;
import dev.sluice.fluxapi.Groups;
import dev.sluice.fluxapi.HealthCheckExpression;
import dev.sluice.fluxapi.NamespaceBoundary;
import dev.sluice.helm.worker.HelmWorkers;
import dev.sluice.helm.worker.WorkerProgram;
import dev.sluice.kubernetes.Cluster;
import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.kubernetes.cel.InvalidExpressionException;
import dev.sluice.kubernetes.health.Health;
import dev.sluice.kubernetes.health.HealthRules;
import dev.sluice.kubernetes.watch.ObjectWatch;
import dev.sluice.kubernetes.watch.Selection;
import dev.sluice.pipeline.StateTable;
import dev.sluice.quotas.QuotaWatch;
import dev.sluice.quotas.Quotas;
import dev.sluice.windows.Windows;
import io.fabric8.kubernetes.client.KubernetesClient;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts together what sees to HelmReleases. */
@Singleton
class HelmParts {

    private static final Logger LOG = LoggerFactory.getLogger(HelmParts.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HelmConfig config;
    private final ApplierConfig applier;
    private final String clusterName;
    private final String namespace;
    private final ArtifactStore store;
    private final Cluster cluster;
    private final SharedKeys keys;
    private final ApplierChannels channels;
    private final Clock clock = Clock.systemUTC();

    HelmParts(
            HelmConfig config,
            ApplierConfig applier,
            @ConfigProperty(name = "sluice.cluster") String clusterName,
            @ConfigProperty(name = "sluice.namespace") String namespace,
            @ConfigProperty(name = "sluice.data") Path data,
            KubernetesClient client,
            SharedKeys keys,
            ApplierChannels channels) {
        this.config = config;
        this.applier = applier;
        this.clusterName = clusterName;
        this.namespace = namespace;
        this.channels = channels;
        this.cluster = Cluster.over(client);
        this.keys = keys;
        try {
            this.store = ArtifactStore.in(data.resolve("artifacts"), clock);
        } catch (IOException e) {
            throw new UncheckedIOException("the artifact store cannot be opened", e);
        }
    }

    int width() {
        return config.releasesAtOnce();
    }

    /** What runs between start and stop. */
    record Machine(
            HelmLane lane,
            HelmReleases releases,
            HelmWork work,
            ObjectWatch watch,
            HelmEvents events,
            HelmWorkers workers,
            ClusterSessions sessions,
            WindowWatch windows,
            QuotaWatch quotas)
            implements AutoCloseable {
        @Override
        public void close() {
            watch.close();
            events.close();
            workers.close();
            sessions.close();
            windows.close();
            quotas.close();
        }
    }

    /**
     * @param revealed what is wanted
     * @param done what was done, restored
     * @param wake told of each release that something concerns
     */
    Machine build(StateTable revealed, StateTable done, Consumer<DeliveryId> wake)
            throws KubernetesException {
        ReleaseContents contents = new BundledReleases(new Bundles(store, keys.get()), store);
        ClusterSessions sessions = new ClusterSessions(cluster, applier);
        HelmReleases releases = new HelmReleases(clusterName, wake);
        HelmStatuses statuses = new HelmStatuses(cluster, releases);
        HelmEvents events = events();
        HelmWorkers workers = workers();
        Quotas quotas = new Quotas();
        QuotaWatch quotaWatch = watch(quotas, releases, wake);
        HelmWork work =
                new HelmWork(
                        workers,
                        contents,
                        new ReleaseSessions(sessions),
                        HelmParts::assessor,
                        new ReleaseLimits(quotas),
                        statuses,
                        events,
                        clock);
        Windows windows = new Windows(namespace);
        WindowWatch windowWatch = watch(windows, releases, wake);
        HelmLane lane = lane(releases, revealed, statuses, work, outside(done, windows));
        return new Machine(
                lane,
                releases,
                work,
                watch(releases),
                events,
                workers,
                sessions,
                windowWatch,
                quotaWatch);
    }

    /** Looks for drift where the detector cannot tell of it. */
    DriftPatrol patrol(
            Machine machine,
            Predicate<DeliveryId> mine,
            StateTable done,
            Consumer<DriftDetected> drifted) {
        return new DriftPatrol(
                new ReleaseBeat(
                        machine.sessions(),
                        id -> mine.test(id) ? machine.releases().get(id) : null,
                        drifted),
                done,
                clock);
    }

    private HelmEvents events() {
        HelmEvents events =
                new HelmEvents(cluster, clusterName, channels.announcements(clock), clock);
        events.start();
        return events;
    }

    private HelmWorkers workers() {
        return new HelmWorkers(
                () ->
                        WorkerProgram.find(
                                config.worker(),
                                Optional.ofNullable(System.getProperty("sluice.root"))
                                        .map(Path::of)),
                new HelmWorkers.Limits(
                        config.workerMemory() << 20,
                        config.workerIdle(),
                        config.workerRendering(),
                        config.workerGrace()),
                clock);
    }

    private HelmLane lane(
            HelmReleases releases,
            StateTable revealed,
            HelmStatuses statuses,
            HelmWork work,
            HelmLane.Outside outside) {
        HelmCharts charts = new HelmCharts(cluster, outside.boundary());
        return new HelmLane(releases, revealed, statuses, charts, work, outside);
    }

    private HelmLane.Outside outside(StateTable done, Windows windows) {
        HelmJournal journal =
                new HelmJournal(
                        new Outlets(channels.applied(clock), channels.outcomes(clock), done),
                        channels.audit(clock));
        return new HelmLane.Outside(
                journal,
                new ReleaseWindows(windows, journal, clock),
                new NamespaceBoundary(applier.noCrossNamespaceRefs()),
                clock);
    }

    private WindowWatch watch(Windows windows, HelmReleases releases, Consumer<DeliveryId> wake) {
        WindowWatch watch = new WindowWatch(cluster, windows, () -> releases.ids().forEach(wake));
        watch.start();
        return watch;
    }

    private QuotaWatch watch(Quotas quotas, HelmReleases releases, Consumer<DeliveryId> wake) {
        return QuotaWatch.start(
                cluster,
                namespace,
                quotas,
                concerned ->
                        releases.ids().stream()
                                .filter(id -> concerned.contains(id.namespace()))
                                .forEach(wake));
    }

    /** Returns when all HelmReleases there are have been seen, however long that takes. */
    private ObjectWatch watch(HelmReleases releases) throws KubernetesException {
        Selection all = Selection.all(cluster.resource(Groups.HELM + "/v2", HelmReleases.KIND));
        ObjectWatch watch = ObjectWatch.start(cluster, all, releases);
        try {
            while (!watch.awaitListed(PATIENCE)) {
                LOG.warn("the HelmReleases cannot be listed yet");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return watch;
    }

    private static Function<ObjectNode, Health> assessor(List<HealthCheckExpression> expressions)
            throws InvalidExpressionException {
        HealthExpressions compiled = HealthExpressions.compile(expressions);
        HealthRules rules = new HealthRules(Clock.systemUTC());
        return object -> compiled.health(object).orElseGet(() -> rules.assess(object));
    }
}
