package dev.sluice.decryptor;

import dev.sluice.events.DeliveryEvent;
import dev.sluice.events.DeliveryFailed;
import dev.sluice.events.DeliveryId;
import dev.sluice.events.DeliveryRendered;
import dev.sluice.events.Envelope;
import dev.sluice.events.Event;
import dev.sluice.events.Topic;
import dev.sluice.events.UnreadableEventException;
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
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jspecify.annotations.Nullable;

/**
 * The decryptor: a delivery is rendered, or something that it names changes; what it wants is
 * decrypted and completed, sealed to the applier, signed, and said once.
 */
@ApplicationScoped
class DecryptorFlow {

    private final DecryptorParts parts;

    private final Revealer revealer;
    private final DeliveryOutput output;
    private final StateTable rendered = new StateTable();
    private final KeyedLanes<DeliveryId> lanes;
    private volatile boolean started;

    DecryptorFlow(DecryptorParts parts) {
        this.parts = parts;
        this.revealer = parts.revealer();
        this.output = parts.output();
        this.lanes =
                new KeyedLanes<>(
                        "decryptor",
                        LaneRules.fair(
                                parts.width(),
                                DeliveryId::namespace,
                                id -> parts.share().owns(id.toString())),
                        this::reveal);
    }

    void start(@Observes StartupEvent event) {
        parts.topics().apply(Topic.RENDERED).all().forEach(rendered::put);
        parts.topics().apply(Topic.REVEALED).all().forEach(output::restored);
        parts.watches().accept(new Wake(lanes::wake, this::wakeAll));
        started = true;
        wakeAll();
        parts.share().begin(new Handover(output::adopt, lanes, this::wakeAll));
    }

    /** What keeps this from working; empty where nothing does. */
    Optional<String> missing() {
        return started
                ? Optional.empty()
                : Optional.of(
                        "the topics and the Secrets and ConfigMaps that deliveries name have not been read yet");
    }

    void stop(@Observes ShutdownEvent event) {
        parts.share().close();
        lanes.close();
    }

    /** A delivery was rendered, or failed, or is gone. */
    @Incoming("decryptor-rendered")
    void deliveryRendered(ConsumerRecord<String, byte[]> record) {
        Optional<Envelope<DeliveryRendered>> before =
                rendered.get(record.key(), DeliveryRendered.class);
        Envelope<Event> now;
        try {
            now = rendered.take(record);
        } catch (UnreadableEventException e) {
            parts.unreadable().accept(record, e);
            return;
        }
        if (started) {
            DeliveryId id = DeliveryId.parse(record.key());
            if (onlyMovesOn(before, now)) {
                lanes.wakeLater(id);
            } else {
                lanes.wake(id);
            }
        }
    }

    private static boolean onlyMovesOn(
            Optional<Envelope<DeliveryRendered>> before, @Nullable Envelope<Event> now) {
        return now != null
                && now.event() instanceof DeliveryRendered fresh
                && before.filter(old -> fresh.onlyMovesOn(old.event())).isPresent();
    }

    private void wakeAll() {
        if (started) {
            output.known().forEach(lanes::wake);
            rendered.all().forEach(known -> lanes.wake(DeliveryId.parse(known.event().key())));
        }
    }

    private Next reveal(DeliveryId id) throws Exception {
        long begun = System.nanoTime();
        Optional<Envelope<Event>> latest = rendered.get(id.toString());
        if (!output.concerns(id)) {
            return Next.done();
        }
        Event event = latest.map(Envelope::event).orElse(null);
        return switch (event) {
            case DeliveryRendered wanted ->
                    say(revealer.reveal(wanted, output.said(id)), latest.get(), begun);
            case DeliveryFailed failed ->
                    say(revealer.pass(failed, output.said(id)), latest.get(), begun);
            case null, default -> forget(id, latest.orElse(null));
        };
    }

    private Next say(Revealer.Answer answer, Envelope<Event> wanted, long begun) {
        DeliveryEvent event = answer.event();
        if (event != null) {
            // Where it goes on from an event of ours, something that the delivery names is why.
            boolean inputsChanged = event.position().inputs() > 0;
            output.say(event, inputsChanged ? null : wanted, begun);
        }
        return answer.next();
    }

    private Next forget(DeliveryId id, @Nullable Envelope<Event> why) {
        revealer.forget(id);
        output.delete(id, "the object is gone", why);
        return Next.done();
    }
}
