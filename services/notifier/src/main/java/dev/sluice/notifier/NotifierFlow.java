package dev.sluice.notifier;

import dev.sluice.events.Envelope;
import dev.sluice.events.Event;
import dev.sluice.events.NotificationDue;
import dev.sluice.events.ObjectAnnounced;
import dev.sluice.events.UnreadableEventException;
import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.pipeline.EventReader;
import dev.sluice.pipeline.KeyedLanes;
import dev.sluice.pipeline.LaneRules;
import dev.sluice.pipeline.Next;
import dev.sluice.pipeline.Starter;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The notifier: what is announced and selected by an Alert becomes due for its Provider, and each
 * Provider is told what is due for it. An announcement is done with when all that is due for it is
 * written down; what is written down is told in the Provider's own lane, as long as it takes.
 *
 * <p>Threads: announcements are taken one after the other, each on a virtual thread; each Provider
 * that something is due for has one of the lanes.
 */
@ApplicationScoped
class NotifierFlow {

    private static final Logger LOG = LoggerFactory.getLogger(NotifierFlow.class);
    private static final String STAGE = "notifier";
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final NotifierParts parts;
    private final KeyedLanes<ObjectName> lanes;
    private final Starter starter = new Starter(STAGE);
    private final CompletableFuture<NotifierParts.Machine> machine = new CompletableFuture<>();
    private final ExecutorService intake =
            Executors.newThreadPerTaskExecutor(
                    Thread.ofVirtual().name("notifier-intake-", 0).factory());

    NotifierFlow(NotifierParts parts) {
        this.parts = parts;
        this.lanes =
                new KeyedLanes<>(
                        STAGE,
                        LaneRules.fair(parts.width(), ObjectName::namespace, _ -> true),
                        this::tell);
    }

    /** The cluster may be away, or not set up yet: that must not keep the process from starting. */
    void start(@Observes StartupEvent event) {
        parts.restore();
        starter.start(this::begin);
    }

    /** Learns what Alerts and Providers there are, then goes on with what was due. */
    private void begin() throws KubernetesException {
        NotifierParts.Machine built = parts.build(this::wake);
        machine.complete(built);
        built.outbox().providers().forEach(lanes::wake);
    }

    void stop(@Observes ShutdownEvent event) {
        starter.close();
        lanes.close();
        intake.shutdownNow();
        NotifierParts.Machine running = machine.getNow(null);
        if (running != null) {
            running.close();
        }
    }

    /** Something was said about an object. Done with when what is due for it is written down. */
    @Incoming("notifier-announcements")
    CompletionStage<Void> announced(ConsumerRecord<String, byte[]> record) {
        return machine.thenAcceptAsync(running -> take(running, record), intake);
    }

    private void take(NotifierParts.Machine running, ConsumerRecord<String, byte[]> record) {
        Envelope<ObjectAnnounced> announcement = announcement(record);
        if (announcement == null) {
            return;
        }
        for (NotificationDue due : running.selection().due(announcement)) {
            if (keep(running.outbox(), due, announcement)) {
                lanes.wake(new ObjectName(due.notification().namespace(), due.provider()));
            }
        }
    }

    /** As long as the broker does not take what is due, nothing more is taken from it either. */
    private boolean keep(
            Outbox outbox, NotificationDue due, Envelope<ObjectAnnounced> announcement) {
        while (true) {
            try {
                return outbox.add(due, announcement);
            } catch (CompletionException e) {
                LOG.atWarn().setCause(e).log("what is due cannot be written and is tried again");
                LockSupport.parkNanos(PAUSE.toNanos());
                if (Thread.currentThread().isInterrupted()) {
                    throw e;
                }
            }
        }
    }

    @SuppressWarnings("unchecked")
    private @Nullable Envelope<ObjectAnnounced> announcement(
            ConsumerRecord<String, byte[]> record) {
        try {
            Envelope<Event> envelope = EventReader.read(record);
            return envelope != null && envelope.event() instanceof ObjectAnnounced
                    ? (Envelope<ObjectAnnounced>) (Envelope<?>) envelope
                    : null;
        } catch (UnreadableEventException e) {
            parts.deadLetters().put(STAGE, record, e);
            return null;
        }
    }

    /** A Provider is new or was changed. */
    private void wake(ObjectName provider) {
        NotifierParts.Machine running = machine.getNow(null);
        if (running != null) {
            running.lane().changed(provider);
            lanes.wake(provider);
        }
    }

    private Next tell(ObjectName provider) throws KubernetesException, InterruptedException {
        NotifierParts.Machine running = machine.getNow(null);
        return running == null ? Next.done() : running.lane().run(provider);
    }
}
