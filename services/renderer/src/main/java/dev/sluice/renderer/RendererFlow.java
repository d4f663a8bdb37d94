package dev.sluice.renderer;

import dev.sluice.events.DeliveryEvent;
import dev.sluice.events.DeliveryFailed;
import dev.sluice.events.DeliveryId;
import dev.sluice.events.Envelope;
import dev.sluice.events.SourceChanged;
import dev.sluice.events.SourceId;
import dev.sluice.events.Topic;
import dev.sluice.events.UnreadableEventException;
import dev.sluice.fluxapi.NamespaceBoundary;
import dev.sluice.pipeline.DeliveryOutput;
import dev.sluice.pipeline.KeyedLanes;
import dev.sluice.pipeline.LaneRules;
import dev.sluice.pipeline.Next;
import dev.sluice.pipeline.StateTable;
import dev.sluice.pipeline.share.Handover;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * The renderer: a source or a spec changes, the deliveries that it concerns are rendered, and what
 * came of it is said once.
 *
 * <p>A changed source wakes all that is made from it. Those that a build would read differently
 * come first; the others only move to the new revision, and do so when nothing else waits.
 */
@ApplicationScoped
class RendererFlow {

    /** Triage reads what is in memory, and whether builds would read the same. */
    private static final int TRIAGE_WIDTH = 2;

    private final RendererParts parts;
    private final Deliveries deliveries;
    private final DeliveryOutput output;
    private final Builds builds;
    private final StateTable sources = new StateTable();
    private final KeyedLanes<SourceId> triage;
    private final KeyedLanes<DeliveryId> lanes;

    /** Builds that failed and may not any more. */
    private final Set<DeliveryId> again = ConcurrentHashMap.newKeySet();

    private volatile boolean started;

    RendererFlow(RendererParts parts) {
        this.parts = parts;
        this.deliveries = parts.deliveries();
        this.output = parts.output();
        this.builds = parts.builds();
        this.triage =
                new KeyedLanes<>(
                        "renderer-triage",
                        LaneRules.fair(TRIAGE_WIDTH, SourceId::namespace, _ -> true),
                        this::wakeDependants);
        this.lanes =
                new KeyedLanes<>(
                        "renderer",
                        LaneRules.fair(
                                parts.config().width(),
                                DeliveryId::namespace,
                                id -> parts.share().owns(id.toString())),
                        this::render);
    }

    void start(@Observes StartupEvent event) {
        parts.topics().apply(Topic.SOURCES).all().forEach(sources::put);
        parts.topics().apply(Topic.RENDERED).all().forEach(output::restored);
        parts.quotas().accept(this::quotasChanged);
        parts.watch().accept(this::deliveryChanged);
        started = true;
        wakeAll();
        parts.share().begin(new Handover(output::adopt, lanes, this::wakeAll));
    }

    private void wakeAll() {
        output.known().forEach(lanes::wake);
        deliveries.ids().forEach(lanes::wake);
    }

    /** What keeps this from working; empty where nothing does. */
    Optional<String> missing() {
        return started
                ? Optional.empty()
                : Optional.of("the topics and the Kustomizations have not been read yet");
    }

    void stop(@Observes ShutdownEvent event) {
        parts.share().close();
        triage.close();
        lanes.close();
    }

    /** A source has a new artifact, or is gone. */
    @Incoming("renderer-sources")
    void sourceChanged(ConsumerRecord<String, byte[]> record) {
        try {
            sources.take(record);
        } catch (UnreadableEventException e) {
            parts.unreadable().accept(record, e);
            return;
        }
        if (started) {
            triage.wake(SourceId.parse(record.key()));
        }
    }

    /** A Kustomization or HelmRelease is new, changed, asked for, or gone. */
    private void deliveryChanged(DeliveryId id) {
        if (started) {
            lanes.wake(id);
        }
    }

    /** What used too much may no longer do so. */
    private void quotasChanged(Set<String> namespaces) {
        for (DeliveryId id : deliveries.ids()) {
            if (namespaces.contains(id.namespace())
                    && output.said(id).filter(DeliveryFailed.class::isInstance).isPresent()) {
                again.add(id);
                deliveryChanged(id);
            }
        }
    }

    /** Those that must be built first, then those that only move on. */
    private Next wakeDependants(SourceId source) throws Exception {
        Optional<Envelope<SourceChanged>> changed =
                sources.get(source.toString(), SourceChanged.class);
        List<DeliveryId> unchanged = new ArrayList<>();
        for (DeliveryId id : deliveries.of(source)) {
            if (changed.isPresent() && builds.wouldReadTheSame(decide(id, output.said(id)))) {
                unchanged.add(id);
            } else {
                lanes.wake(id);
            }
        }
        unchanged.forEach(lanes::wakeLater);
        return Next.done();
    }

    private Next render(DeliveryId id) throws Exception {
        long begun = System.nanoTime();
        Optional<DeliveryEvent> said = output.said(id);
        if (again.remove(id)) {
            said = said.filter(last -> !(last instanceof DeliveryFailed));
        }
        switch (decide(id, said)) {
            case RenderDecision.Nothing() -> {}
            case RenderDecision.Delete() -> output.delete(id, "the object is gone", null);
            case RenderDecision.Fail fail -> output.say(fail.event(), null, begun);
            case RenderDecision.Repeat repeat -> output.say(repeat.event(), null, begun);
            case RenderDecision.Render wanted ->
                    output.say(builds.render(wanted), wanted.cause(), begun);
        }
        return Next.done();
    }

    private RenderDecision decide(DeliveryId id, Optional<DeliveryEvent> said) {
        Optional<WantedDelivery> wanted = deliveries.get(id);
        Optional<String> refusal = wanted.filter(w -> !w.held()).flatMap(this::refusal);
        if (refusal.isPresent()) {
            return RenderDecision.refused(wanted.get(), refusal.get(), said);
        }
        Optional<Envelope<SourceChanged>> source =
                wanted.flatMap(w -> sources.get(w.source().toString(), SourceChanged.class));
        return id.kind().equals(HelmReleaseWatch.KIND)
                ? HelmDecision.of(wanted, source, said, parts.charts())
                : RenderDecision.of(wanted, source, said);
    }

    private Optional<String> refusal(WantedDelivery wanted) {
        SourceId source = wanted.source();
        return new NamespaceBoundary(parts.config().noCrossNamespaceRefs())
                .refusal(wanted.id().namespace(), source.kind(), source.namespace(), source.name());
    }
}
