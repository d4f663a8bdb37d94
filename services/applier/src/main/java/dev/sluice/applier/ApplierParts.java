package dev.sluice.applier;

import dev.sluice.applier.drift.DriftInbox;
import dev.sluice.artifacts.ArtifactStore;
import dev.sluice.events.DeliveryId;
import dev.sluice.fluxapi.NamespaceBoundary;
import dev.sluice.kubernetes.Cluster;
import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.kubernetes.watch.ObjectWatch;
import dev.sluice.kubernetes.watch.Selection;
import dev.sluice.pipeline.EventSender;
import dev.sluice.pipeline.StateTable;
import dev.sluice.windows.Windows;
import io.fabric8.kubernetes.client.KubernetesClient;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the applier together. */
@Singleton
class ApplierParts {

    private static final Logger LOG = LoggerFactory.getLogger(ApplierParts.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ApplierConfig config;
    private final String clusterName;
    private final String namespace;
    private final ArtifactStore store;
    private final Cluster cluster;
    private final SharedKeys keys;
    private final EventSender applied;
    private final EventSender outcomes;
    private final EventSender announcements;
    private final EventSender audit;
    private final Meters meters;
    private final Clock clock = Clock.systemUTC();

    ApplierParts(
            ApplierConfig config,
            @ConfigProperty(name = "sluice.cluster") String clusterName,
            @ConfigProperty(name = "sluice.namespace") String namespace,
            @ConfigProperty(name = "sluice.data") Path data,
            KubernetesClient client,
            SharedKeys keys,
            ApplierChannels channels,
            Meters meters) {
        this.config = config;
        this.clusterName = clusterName;
        this.namespace = namespace;
        this.cluster = Cluster.over(client);
        this.keys = keys;
        this.applied = channels.applied(clock);
        this.outcomes = channels.outcomes(clock);
        this.announcements = channels.announcements(clock);
        this.audit = channels.audit(clock);
        this.meters = meters;
        try {
            this.store = ArtifactStore.in(data.resolve("artifacts"), clock);
        } catch (IOException e) {
            throw new UncheckedIOException("the artifact store cannot be opened", e);
        }
    }

    int width() {
        return config.deliveriesAtOnce();
    }

    /** What runs between start and stop. */
    record Machine(
            DeliveryLane lane,
            Kustomizations objects,
            ObjectWatch watch,
            Announcer announcer,
            ClusterSessions sessions,
            WindowWatch windows)
            implements AutoCloseable {

        @Override
        public void close() {
            watch.close();
            announcer.close();
            sessions.close();
            windows.close();
        }
    }

    /**
     * @param revealed what is wanted
     * @param done what was done, restored
     * @param drift what was changed by others
     * @param wake told of each delivery that a Kustomization concerns
     */
    Machine build(
            RevealedRecords revealed, StateTable done, DriftInbox drift, Consumer<DeliveryId> wake)
            throws KubernetesException {
        ApplierKeys known = keys.get();
        Kustomizations objects = new Kustomizations(wake);
        ClusterSessions sessions = new ClusterSessions(cluster, config);
        Outlets outlets = new Outlets(applied, outcomes, done);
        Announcer announcer = new Announcer(cluster, clusterName, announcements, clock);
        Statuses statuses = new Statuses(cluster, objects, clock);
        Reports reports = new Reports(statuses, announcer, outlets, meters.timer(), clock);
        LackingKinds kinds = new LackingKinds(wake);
        RecordCheck check =
                new RecordCheck(known, new RefusedRecords(meters, audit, announcer, objects));
        Inputs inputs = new Inputs(objects, revealed, check, outlets, drift, kinds);
        ApplyWork work =
                new ApplyWork(
                        sessions, new Bundles(store, known), outlets, manner(known), kinds, clock);
        Fights fights = new Fights(statuses, announcer, clock);
        Windows windows = new Windows(namespace);
        WindowWatch windowWatch =
                new WindowWatch(cluster, windows, () -> objects.ids().forEach(wake));
        windowWatch.start();
        DeliveryLane lane =
                new DeliveryLane(
                        inputs,
                        new Decision(
                                new DependencyCheck(
                                        objects::get,
                                        new ReadyExpressions(),
                                        new NamespaceBoundary(config.noCrossNamespaceRefs())),
                                new WindowGate(windows)),
                        statuses,
                        new DeliveryLane.Works(
                                work,
                                new HealthWork(reports, wake, clock),
                                new DriftWork(inputs, work, fights, reports),
                                new DeletionWork(sessions, statuses, outlets, announcer, clock),
                                fights,
                                new WindowWork(work, statuses, reports, audit, clock)),
                        reports,
                        clock);
        return new Machine(lane, objects, watch(objects), announcer, sessions, windowWatch);
    }

    /** Looks for drift where the detector cannot tell of it. */
    DriftPatrol patrol(
            Machine machine,
            Predicate<DeliveryId> mine,
            StateTable done,
            DriftInbox drift,
            Consumer<DeliveryId> wake) {
        return new DriftPatrol(
                new KustomizationBeat(
                        machine.sessions(),
                        id -> mine.test(id) ? machine.objects().get(id) : null,
                        drift,
                        wake),
                done,
                clock);
    }

    private ApplyWork.Manner manner(ApplierKeys known) {
        return new ApplyWork.Manner(
                known.digest(),
                config.requestsPerDelivery(),
                new PruneGuard(config.pruneGuardFrom(), config.pruneGuardShare()));
    }

    /** Returns when all Kustomizations there are have been seen, however long that takes. */
    private ObjectWatch watch(Kustomizations objects) throws KubernetesException {
        Selection all = Selection.all(cluster.resource(Statuses.API_VERSION, Statuses.KIND));
        ObjectWatch watch =
                ObjectWatch.start(cluster, all, new KustomizationWatch(clusterName, objects));
        try {
            while (!watch.awaitListed(PATIENCE)) {
                LOG.warn("the Kustomizations cannot be listed yet");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return watch;
    }
}
