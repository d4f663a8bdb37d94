package dev.sluice.renderer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.events.DeliveryId;
import dev.sluice.events.SourceId;
import dev.sluice.fluxapi.Annotations;
import dev.sluice.fluxapi.Groups;
import dev.sluice.kubernetes.Cluster;
import dev.sluice.kubernetes.ObjectMeta;
import dev.sluice.kubernetes.ResourceKind;
import dev.sluice.kubernetes.watch.ObjectWatch;
import dev.sluice.kubernetes.watch.Selection;
import dev.sluice.kubernetes.watch.Sink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Keeps {@link Deliveries} as the cluster's HelmReleases are, and {@link ChartSources} as what they
 * take their charts from.
 */
final class HelmReleaseWatch implements AutoCloseable {

    static final String KIND = "HelmRelease";

    private static final ResourceKind RELEASES =
            new ResourceKind(Groups.HELM, "v2", KIND, "helmreleases", true);
    private static final List<ResourceKind> SOURCES =
            List.of(
                    new ResourceKind(Groups.SOURCE, "v1", "HelmChart", "helmcharts", true),
                    new ResourceKind(Groups.SOURCE, "v1", "OCIRepository", "ocirepositories", true),
                    new ResourceKind(
                            Groups.SOURCE, "v1", "ExternalArtifact", "externalartifacts", true));
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Cluster cluster;
    private final String clusterName;
    private final Deliveries deliveries;
    private final ChartSources charts;
    private final List<ObjectWatch> running = new ArrayList<>();

    HelmReleaseWatch(
            Cluster cluster, String clusterName, Deliveries deliveries, ChartSources charts) {
        this.cluster = cluster;
        this.clusterName = clusterName;
        this.deliveries = deliveries;
        this.charts = charts;
    }

    /**
     * Starts, and returns when all that is there has been seen.
     *
     * @param changed told each release of which something changed that concerns rendering
     * @throws IllegalStateException where the cluster does not answer for long
     */
    void start(Consumer<DeliveryId> changed) {
        for (ResourceKind kind : SOURCES) {
            running.add(
                    ObjectWatch.start(
                            cluster, Selection.all(kind), new Sources(kind.kind(), changed)));
        }
        running.add(
                ObjectWatch.start(
                        cluster,
                        Selection.all(RELEASES),
                        new DeliverySink(deliveries, clusterName, KIND, this::wanted, changed)));
        try {
            for (ObjectWatch watch : running) {
                if (!watch.awaitListed(PATIENCE)) {
                    throw new IllegalStateException(
                            "the cluster does not list its HelmReleases and their sources");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        running.forEach(ObjectWatch::close);
    }

    /** Runs on the watch's own thread. */
    private final class Sources implements Sink {

        private final String kind;
        private final Consumer<DeliveryId> changed;
        private final Set<SourceId> unseen = new HashSet<>();

        Sources(String kind, Consumer<DeliveryId> changed) {
            this.kind = kind;
            this.changed = changed;
        }

        @Override
        public void begin() {
            unseen.clear();
            unseen.addAll(charts.ids(kind));
        }

        @Override
        public void present(ObjectNode object) {
            SourceId id = source(object);
            unseen.remove(id);
            charts.put(id, object);
            wake(id);
        }

        @Override
        public void complete() {
            Set.copyOf(unseen).forEach(this::forget);
            unseen.clear();
        }

        @Override
        public void gone(ObjectNode object) {
            forget(source(object));
        }

        private void forget(SourceId id) {
            charts.remove(id);
            wake(id);
        }

        private void wake(SourceId id) {
            deliveries.of(id).stream().filter(each -> each.kind().equals(KIND)).forEach(changed);
        }

        private SourceId source(ObjectNode object) {
            ObjectMeta metadata = ObjectMeta.of(object.path("metadata"));
            return new SourceId(clusterName, kind, metadata.namespace(), metadata.name());
        }
    }

    private Optional<WantedDelivery> wanted(ObjectNode object) {
        ObjectMeta metadata = ObjectMeta.of(object.path("metadata"));
        return Optional.of(
                new WantedDelivery(
                        new DeliveryId(clusterName, KIND, metadata.namespace(), metadata.name()),
                        metadata.uid(),
                        metadata.generation(),
                        object.path("spec"),
                        charts.source(metadata.namespace(), metadata.name(), object.path("spec")),
                        metadata.annotations().get(Annotations.REQUESTED_AT),
                        object.path("spec").path("suspend").asBoolean() || metadata.deleting()));
    }
}
