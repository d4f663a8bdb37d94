package dev.sluice.renderer;

import dev.sluice.events.DeliveryDeleted;
import dev.sluice.events.DeliveryEvent;
import dev.sluice.events.DeliveryFailed;
import dev.sluice.events.DeliveryId;
import dev.sluice.events.DeliveryRendered;
import dev.sluice.events.Envelope;
import dev.sluice.events.Event;
import dev.sluice.events.EventCodec;
import dev.sluice.pipeline.EventSender;
import dev.sluice.pipeline.StateTable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the renderer has said, and the way to say more. Only this cluster's Kustomizations. */
final class RenderedOutput {

    private static final Logger LOG = LoggerFactory.getLogger(RenderedOutput.class);

    private final String cluster;
    private final EventSender sender;
    private final BiConsumer<String, Duration> timer;
    private final StateTable said = new StateTable();

    /**
     * @param timer told the outcome of each run that said something, and how long it took
     */
    RenderedOutput(String cluster, EventSender sender, BiConsumer<String, Duration> timer) {
        this.cluster = cluster;
        this.sender = sender;
        this.timer = timer;
    }

    /** Takes an event of ours from before the start. */
    void restored(Envelope<Event> envelope) {
        if (envelope.event() instanceof DeliveryEvent event
                && event.delivery().cluster().equals(cluster)
                && event.delivery().kind().equals(KustomizationWatch.KIND)) {
            said.put(envelope);
        }
    }

    Optional<Event> said(DeliveryId id) {
        return said.get(id.toString()).map(Envelope::event);
    }

    /** All deliveries about which something was said and not taken back. */
    List<DeliveryId> known() {
        return said.all().stream()
                .map(envelope -> DeliveryId.parse(envelope.event().key()))
                .toList();
    }

    /**
     * Says it; returns when the broker has it.
     *
     * @param begun {@link System#nanoTime} when the work began
     */
    void say(DeliveryEvent event, @Nullable Envelope<?> cause, long begun) {
        said.put(sender.send(event, cause));
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        timer.accept(
                event instanceof DeliveryFailed failed ? failed.reason().word() : "done", took);
        LOG.atInfo()
                .addKeyValue("target", event.delivery())
                .addKeyValue("took", took.toMillis() + "ms")
                .addKeyValue("detail", detail(event))
                .log(EventCodec.wordOf(event.getClass()));
    }

    /** Says that the delivery is gone, and forgets it. */
    void delete(DeliveryId id) {
        Optional<Envelope<Event>> last = said.get(id.toString());
        if (last.isEmpty()) {
            return;
        }
        Envelope<?> envelope = last.get();
        if (!(envelope.event() instanceof DeliveryDeleted)) {
            DeliveryDeleted deleted =
                    new DeliveryDeleted(
                            id,
                            RenderDecision.position(last.get().event()),
                            "the Kustomization is gone");
            envelope = sender.send(deleted, last.get());
            LOG.atInfo().addKeyValue("target", id).log(EventCodec.wordOf(DeliveryDeleted.class));
        }
        sender.forget(envelope);
        said.forget(id.toString());
    }

    private static String detail(DeliveryEvent event) {
        return switch (event) {
            case DeliveryFailed failed -> failed.reason().word() + ": " + failed.message();
            case DeliveryRendered rendered -> rendered.source().revision();
            default -> "";
        };
    }
}
