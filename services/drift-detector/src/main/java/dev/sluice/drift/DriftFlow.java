package dev.sluice.drift;

import dev.sluice.events.DeliveryApplied;
import dev.sluice.events.DeliveryId;
import dev.sluice.events.DriftDetected;
import dev.sluice.events.Envelope;
import dev.sluice.events.Event;
import dev.sluice.events.Topic;
import dev.sluice.events.UnreadableEventException;
import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.pipeline.EventReader;
import dev.sluice.pipeline.KeyedLanes;
import dev.sluice.pipeline.LaneRules;
import dev.sluice.pipeline.Next;
import dev.sluice.pipeline.Starter;
import dev.sluice.pipeline.StateTable;
import dev.sluice.pipeline.share.Share;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jspecify.annotations.Nullable;

/**
 * The drift detector: what was applied is expected, what the watches see is compared with it, and
 * what differs is told, once. Both a new record and a changed object wake the delivery that they
 * concern.
 */
@ApplicationScoped
class DriftFlow {

    private static final Duration SOON = Duration.ofSeconds(2);

    private final DriftParts parts;
    private final Expectations expectations = new Expectations();
    private final KeyedLanes<DeliveryId> lanes;
    private final List<Watched> watched;

    /** The deliveries of one family, which are seen once their kind is served. */
    private record Watched(Family family, WatchedClusters clusters, Starter starter) {}

    DriftFlow(DriftParts parts) {
        this.parts = parts;
        this.lanes =
                new KeyedLanes<>(
                        "drift-detector",
                        LaneRules.fair(
                                parts.width(),
                                DeliveryId::namespace,
                                id -> parts.share().owns(id.toString())),
                        this::judge);
        WatchedClusters.Wake wake = new WatchedClusters.Wake(expectations, lanes::wake);
        this.watched =
                Arrays.stream(Family.values())
                        .map(family ->
                                new Watched(
                                        family,
                                        parts.clusters().apply(family, wake),
                                        new Starter("drift-detector-" + family.kind())))
                        .toList();
    }

    void start(@Observes StartupEvent event) {
        parts.topics().apply(Topic.APPLIED).all().forEach(this::expect);
        watched.forEach(one -> one.starter().start(() -> begin(one)));
    }

    /** Whose kind is not served keeps the others from nothing. */
    private void begin(Watched one) throws KubernetesException {
        one.clusters().start();
        expectations.ids().forEach(lanes::wake);
        if (one.family() == Family.KUSTOMIZATION) {
            parts.share().begin(new Shared());
        }
    }

    /** Several detectors share the deliveries; all of them watch all. */
    private final class Shared implements Share.Listener {

        @Override
        public void gained(StateTable said, Predicate<String> keys) {
            expectations.ids().forEach(lanes::wake);
        }

        @Override
        public void lost(Predicate<String> keys) {
            lanes.awaitIdle(id -> keys.test(id.toString()), SOON);
        }
    }

    /** What keeps the detector from its work; empty where nothing does. */
    Optional<String> missing() {
        return watched.stream()
                .map(one ->
                        one.clusters().isWatching()
                                ? one.clusters().trouble()
                                : Optional.of(one.starter().waitingFor()))
                .flatMap(Optional::stream)
                .findFirst();
    }

    void stop(@Observes ShutdownEvent event) {
        watched.forEach(one -> one.starter().close());
        parts.share().close();
        lanes.close();
        watched.forEach(one -> one.clusters().close());
    }

    /** A delivery was applied, or is gone. */
    @Incoming("drift-detector-applied")
    void applied(ConsumerRecord<String, byte[]> record) {
        try {
            Envelope<Event> envelope = EventReader.read(record);
            if (envelope != null) {
                expect(envelope);
            } else {
                expectations.remove(DeliveryId.parse(record.key()));
            }
        } catch (UnreadableEventException e) {
            parts.unreadable().accept(record, e);
            return;
        }
        lanes.wake(DeliveryId.parse(record.key()));
    }

    @SuppressWarnings("unchecked")
    private void expect(Envelope<Event> envelope) {
        if (envelope.event() instanceof DeliveryApplied) {
            expectations.put((Envelope<DeliveryApplied>) (Envelope<?>) envelope);
        } else {
            expectations.end(envelope);
        }
    }

    private Next judge(DeliveryId id) {
        WatchedClusters clusters = of(id);
        Expectations.Delivery delivery = expectations.get(id);
        if (clusters == null) {
            return Next.done();
        }
        if (delivery == null) {
            clusters.sweep();
            return Next.done();
        }
        Optional<Detector.Findings> findings;
        try {
            findings = clusters.judge(id, delivery);
        } catch (KubernetesException e) {
            return Next.after(SOON);
        }
        if (findings.isEmpty()) {
            return Next.done();
        }
        DriftDetected report = findings.get().report();
        if (report != null) {
            parts.output().say(report, delivery.record());
        }
        return next(findings.get().again());
    }

    /** Null where drift of such deliveries is not looked for. */
    private @Nullable WatchedClusters of(DeliveryId id) {
        Family family = Family.of(id.kind());
        return watched.stream()
                .filter(one -> one.family() == family)
                .map(Watched::clusters)
                .findFirst()
                .orElse(null);
    }

    private static Next next(@Nullable Duration again) {
        return again == null ? Next.done() : Next.after(again);
    }
}
