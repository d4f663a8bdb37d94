package dev.sluice.applier;

import dev.sluice.applier.drift.DriftInbox;
import dev.sluice.events.DeliveryId;
import dev.sluice.events.DriftDetected;
import dev.sluice.events.Envelope;
import dev.sluice.events.Event;
import dev.sluice.events.Topic;
import dev.sluice.events.UnreadableEventException;
import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.pipeline.BrokerWatch;
import dev.sluice.pipeline.DeadLetters;
import dev.sluice.pipeline.EventReader;
import dev.sluice.pipeline.KeyedLanes;
import dev.sluice.pipeline.LaneRules;
import dev.sluice.pipeline.Next;
import dev.sluice.pipeline.Starter;
import dev.sluice.pipeline.StateTable;
import dev.sluice.pipeline.TopicRestorer;
import dev.sluice.pipeline.share.Handover;
import dev.sluice.pipeline.share.Share;
import dev.sluice.pipeline.share.Shares;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jspecify.annotations.Nullable;

/**
 * The applier's story. What is wanted comes in by {@code sluice.revealed}, what someone changed by
 * {@code sluice.drift}, what the users say by the Kustomizations themselves; each wakes the lane of
 * its delivery, which looks at all of it and brings the cluster to it.
 */
@ApplicationScoped
class ApplierFlow {

    private static final String STAGE = "applier";

    private final ApplierParts parts;
    private final TopicRestorer restorer;
    private final DeadLetters deadLetters;
    private final RevealedRecords revealed = new RevealedRecords();
    private final DriftInbox drift = new DriftInbox();
    private final Share share;
    private final BrokerWatch broker;
    private final KeyedLanes<DeliveryId> lanes;
    private final Starter starter = new Starter(STAGE);
    private volatile ApplierParts.@Nullable Machine machine;

    ApplierFlow(
            ApplierParts parts,
            TopicRestorer restorer,
            DeadLetters deadLetters,
            Shares shares,
            BrokerWatch broker) {
        this.parts = parts;
        this.broker = broker;
        this.restorer = restorer;
        this.deadLetters = deadLetters;
        this.share = shares.of(STAGE, Topic.APPLIED);
        this.lanes =
                new KeyedLanes<>(
                        STAGE,
                        LaneRules.fair(
                                parts.width(),
                                DeliveryId::namespace,
                                id -> share.owns(id.toString())),
                        this::deliver);
    }

    /** The cluster may be away, or not set up yet: that must not keep the process from starting. */
    void start(@Observes StartupEvent event) {
        revealed.start(restorer.restoreWithEnds(Topic.REVEALED));
        StateTable applied = restorer.restore(Topic.APPLIED);
        starter.start(() -> begin(applied));
    }

    /** Learns what there is, then works off the difference to what is wanted. */
    private void begin(StateTable applied) throws KubernetesException {
        ApplierParts.Machine built = parts.build(revealed, applied, drift, this::wake);
        built.announcer().start();
        machine = built;
        wakeAll(built, applied);
        share.begin(
                new Handover(
                        applied::adopt, lanes, () -> wakeAll(built, applied), built.lane()::leave));
        broker.whileAway(
                parts.patrol(built, id -> share.owns(id.toString()), applied, drift, this::wake)
                        ::round);
    }

    private void wakeAll(ApplierParts.Machine built, StateTable applied) {
        applied.all().forEach(known -> wake(DeliveryId.parse(known.event().key())));
        built.objects().ids().forEach(lanes::wake);
    }

    /** The decryptor has something new for a delivery, good or bad. */
    @Incoming("applier-revealed")
    void revealed(ConsumerRecord<String, byte[]> record) {
        try {
            boolean news = revealed.take(record, share.owns(record.key()));
            wake(DeliveryId.parse(record.key()), news);
        } catch (UnreadableEventException | IllegalArgumentException e) {
            deadLetters.put(STAGE, record, e);
        }
    }

    /** Someone changed what was applied. */
    @Incoming("applier-drift")
    void driftDetected(ConsumerRecord<String, byte[]> record) {
        try {
            Envelope<Event> envelope = EventReader.read(record);
            if (envelope != null && envelope.event() instanceof DriftDetected report) {
                drift.add(report);
                wake(report.delivery());
            }
        } catch (UnreadableEventException e) {
            deadLetters.put(STAGE, record, e);
        }
    }

    /** What keeps the applier from its work; empty where nothing does. */
    Optional<String> missing() {
        ApplierParts.Machine running = machine;
        return running == null ? Optional.of(starter.waitingFor()) : running.watch().trouble();
    }

    void stop(@Observes ShutdownEvent event) {
        starter.close();
        share.close();
        lanes.close();
        ApplierParts.Machine running = machine;
        machine = null;
        if (running != null) {
            running.close();
        }
    }

    /** Before all is known nothing may run: what is missing then would look as if it were gone. */
    private void wake(DeliveryId id) {
        wake(id, true);
    }

    private void wake(DeliveryId id, boolean urgent) {
        if (machine == null || !id.kind().equals(Statuses.KIND)) {
            return;
        }
        if (urgent) {
            lanes.wake(id);
        } else {
            lanes.wakeLater(id);
        }
    }

    private Next deliver(DeliveryId id) throws KubernetesException {
        ApplierParts.Machine running = machine;
        return running == null ? Next.done() : running.lane().run(id);
    }
}
