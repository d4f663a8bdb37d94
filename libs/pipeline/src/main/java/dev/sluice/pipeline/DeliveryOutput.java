package dev.sluice.pipeline;

import dev.sluice.events.DeliveryDeleted;
import dev.sluice.events.DeliveryEvent;
import dev.sluice.events.DeliveryFailed;
import dev.sluice.events.DeliveryId;
import dev.sluice.events.DeliveryRendered;
import dev.sluice.events.DeliveryRevealed;
import dev.sluice.events.Envelope;
import dev.sluice.events.Event;
import dev.sluice.events.EventCodec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a stage has said about the deliveries of some kinds of one cluster, and the way to say more:
 * the stage's own state topic. Safe for use by many threads.
 */
public final class DeliveryOutput {

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryOutput.class);

    private final String cluster;
    private final Set<String> kinds;
    private final EventSender sender;
    private final BiConsumer<String, Duration> timer;
    private final StateTable said = new StateTable();

    /**
     * @param kinds of the objects that are spoken about
     * @param timer told the outcome of each run that said something, and how long it took
     */
    public DeliveryOutput(
            String cluster,
            Set<String> kinds,
            EventSender sender,
            BiConsumer<String, Duration> timer) {
        this.cluster = cluster;
        this.kinds = Set.copyOf(kinds);
        this.sender = sender;
        this.timer = timer;
    }

    /** Whether the delivery is one of those that are spoken about here. */
    public boolean concerns(DeliveryId id) {
        return id.cluster().equals(cluster) && kinds.contains(id.kind());
    }

    /** Takes an event of the stage from before the start. */
    public void restored(Envelope<Event> envelope) {
        if (envelope.event() instanceof DeliveryEvent event && concerns(event.delivery())) {
            said.put(envelope);
        }
    }

    /** Takes over these keys as another process of the stage left them. */
    public void adopt(StateTable fresh, Predicate<String> keys) {
        StateTable ours = new StateTable();
        fresh.all().stream()
                .filter(e -> e.event() instanceof DeliveryEvent event && concerns(event.delivery()))
                .forEach(ours::put);
        said.adopt(ours, keys);
    }

    /** What was said last. */
    public Optional<DeliveryEvent> said(DeliveryId id) {
        return said.get(id.toString()).map(envelope -> (DeliveryEvent) envelope.event());
    }

    /** All deliveries about which something was said and not taken back. */
    public List<DeliveryId> known() {
        return said.all().stream()
                .map(envelope -> DeliveryId.parse(envelope.event().key()))
                .toList();
    }

    /**
     * Says it; returns when the broker has it.
     *
     * @param begun {@link System#nanoTime} when the work began
     */
    public void say(DeliveryEvent event, @Nullable Envelope<?> cause, long begun) {
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

    /** Says that the delivery is gone, where that is not said, and forgets it. */
    public void delete(DeliveryId id, String why, @Nullable Envelope<?> cause) {
        Optional<Envelope<Event>> last = said.get(id.toString());
        if (last.isEmpty()) {
            return;
        }
        Envelope<?> told = last.get();
        if (told.event() instanceof DeliveryEvent event && !(event instanceof DeliveryDeleted)) {
            DeliveryDeleted deleted = new DeliveryDeleted(id, event.position(), why);
            told = sender.send(deleted, cause == null ? told : cause);
            LOG.atInfo().addKeyValue("target", id).log(EventCodec.wordOf(DeliveryDeleted.class));
        }
        sender.forget(told);
        said.forget(id.toString());
    }

    private static String detail(DeliveryEvent event) {
        return switch (event) {
            case DeliveryFailed failed -> failed.reason().word() + ": " + failed.message();
            case DeliveryRendered rendered -> rendered.source().revision();
            case DeliveryRevealed revealed -> revealed.source().revision();
            default -> "";
        };
    }
}
