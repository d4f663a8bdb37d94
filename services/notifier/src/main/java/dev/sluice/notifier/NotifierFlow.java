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
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The notifier: what is announced and selected by an Alert becomes due for its Provider, and each
 * Provider is told what is due for it. An announcement is done with when all that is due for it is
 * written down; what is written down is told in the Provider's own lane, as long as it takes.
 *
 * <p>Several notifiers share the objects that announcements are about. Whoever takes over from
 * another reads what was due and how far it had come.
 *
 * <p>Threads: announcements are taken one after the other on the thread of the intake; each
 * Provider that something is due for has one of the lanes.
 */
@ApplicationScoped
class NotifierFlow implements Intake.Work {

    private static final Logger LOG = LoggerFactory.getLogger(NotifierFlow.class);
    private static final String STAGE = "notifier";
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** A service that has not answered by then counts as one that has not taken the request. */
    private static final Duration PATIENCE = Duration.ofMillis(1500);

    private final NotifierParts parts;
    private final KeyedLanes<ObjectName> lanes;
    private final Starter starter = new Starter(STAGE);
    private final ExecutorService writers =
            Executors.newThreadPerTaskExecutor(
                    Thread.ofVirtual().name("notifier-writer-", 0).factory());
    private volatile NotifierParts.@Nullable Machine machine;

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
        starter.start(this::begin);
    }

    /** Learns what Alerts and Providers there are, then takes what is announced. */
    private void begin() throws KubernetesException {
        NotifierParts.Machine built = parts.build(this::wake, this);
        machine = built;
        built.intake().begin();
    }

    void stop(@Observes ShutdownEvent event) {
        starter.close();
        lanes.close();
        NotifierParts.Machine running = machine;
        if (running != null) {
            running.close();
        }
        writers.shutdownNow();
    }

    private NotifierParts.Machine machine() {
        NotifierParts.Machine running = machine;
        if (running == null) {
            throw new IllegalStateException("the notifier has not begun");
        }
        return running;
    }

    @Override
    public void gained(Share share) {
        Outbox outbox = machine().outbox();
        parts.restore(machine(), share);
        outbox.providers().forEach(lanes::wake);
    }

    @Override
    public void lost(Set<Integer> partitions) {
        machine().outbox().leave(partitions, PATIENCE);
    }

    @Override
    public void take(ConsumerRecord<String, byte[]> record) {
        NotifierParts.Machine running = machine();
        Envelope<ObjectAnnounced> announcement = announcement(record);
        if (announcement == null) {
            return;
        }
        List<Callable<Object>> writing = new ArrayList<>();
        for (NotificationDue due : running.selection().due(announcement)) {
            writing.add(
                    Executors.callable(() -> {
                        if (keep(running.outbox(), due, announcement, record.partition())) {
                            lanes.wake(
                                    new ObjectName(due.notification().namespace(), due.provider()));
                        }
                    }));
        }
        together(writing);
    }

    /** Each waits for the broker; no Alert shall wait for the others. Returns after the last. */
    private void together(List<Callable<Object>> writing) {
        try {
            for (Future<Object> written : writers.invokeAll(writing)) {
                written.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("what is due was not written", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("what is due could not be written", e);
        }
    }

    /** As long as the broker does not take what is due, nothing more is taken from it either. */
    private boolean keep(
            Outbox outbox,
            NotificationDue due,
            Envelope<ObjectAnnounced> announcement,
            int partition) {
        while (true) {
            try {
                return outbox.add(due, announcement, partition);
            } catch (RuntimeException e) {
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
        NotifierParts.Machine running = machine;
        if (running != null) {
            running.lane().changed(provider);
            lanes.wake(provider);
        }
    }

    private Next tell(ObjectName provider) throws KubernetesException, InterruptedException {
        NotifierParts.Machine running = machine;
        return running == null ? Next.done() : running.lane().run(provider);
    }
}
