package dev.sluice.applier;

import dev.sluice.applier.helm.HelmReleases;
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
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jspecify.annotations.Nullable;

/**
 * The applier's story for HelmReleases: what is wanted comes in by {@code sluice.revealed}, what
 * someone changed by {@code sluice.drift}, what the users say by the HelmReleases themselves; each
 * wakes the lane of its release, which asks Helm for what is to be done.
 */
@ApplicationScoped
class HelmFlow {

    private static final String STAGE = "applier-helm";

    private final HelmParts parts;
    private final TopicRestorer restorer;
    private final DeadLetters deadLetters;
    private final BrokerWatch broker;
    private final StateTable revealed = new StateTable();
    private final Share share;
    private final KeyedLanes<DeliveryId> lanes;
    private final Starter starter = new Starter(STAGE);
    private volatile HelmParts.@Nullable Machine machine;

    HelmFlow(
            HelmParts parts,
            TopicRestorer restorer,
            DeadLetters deadLetters,
            BrokerWatch broker,
            Shares shares) {
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
        restorer.restore(Topic.REVEALED).all().forEach(revealed::put);
        StateTable applied = restorer.restore(Topic.APPLIED);
        starter.start(() -> begin(applied));
    }

    /** Learns what there is, then works off the difference to what is wanted. */
    private void begin(StateTable applied) throws KubernetesException {
        HelmParts.Machine built = parts.build(revealed, applied, this::wake);
        machine = built;
        wakeAll(built, applied);
        share.begin(
                new Handover(
                        applied::adopt, lanes, () -> wakeAll(built, applied), built.lane()::leave));
        broker.whileAway(
                parts.patrol(built, id -> share.owns(id.toString()), applied, this::drifted)
                        ::round);
    }

    private void drifted(DriftDetected report) {
        HelmParts.Machine running = machine;
        if (running != null && report.delivery().kind().equals(HelmReleases.KIND)) {
            running.work().drifted(report);
            wake(report.delivery());
        }
    }

    private void wakeAll(HelmParts.Machine built, StateTable applied) {
        applied.all().forEach(known -> wake(DeliveryId.parse(known.event().key())));
        built.releases().ids().forEach(lanes::wake);
    }

    /** The decryptor has something new for a release, good or bad. */
    @Incoming("applier-helm-revealed")
    void revealed(ConsumerRecord<String, byte[]> record) {
        try {
            if (revealed.take(record) != null) {
                wake(DeliveryId.parse(record.key()));
            }
        } catch (UnreadableEventException | IllegalArgumentException e) {
            deadLetters.put(STAGE, record, e);
        }
    }

    /** Someone changed what was released. */
    @Incoming("applier-helm-drift")
    void driftDetected(ConsumerRecord<String, byte[]> record) {
        try {
            Envelope<Event> envelope = EventReader.read(record);
            if (envelope != null && envelope.event() instanceof DriftDetected report) {
                drifted(report);
            }
        } catch (UnreadableEventException e) {
            deadLetters.put(STAGE, record, e);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        starter.close();
        share.close();
        lanes.close();
        HelmParts.Machine running = machine;
        machine = null;
        if (running != null) {
            running.close();
        }
    }

    /** Before all is known nothing may run: what is missing then would look as if it were gone. */
    private void wake(DeliveryId id) {
        if (machine != null && id.kind().equals(HelmReleases.KIND)) {
            lanes.wake(id);
        }
    }

    private Next deliver(DeliveryId id) throws KubernetesException, InterruptedException {
        HelmParts.Machine running = machine;
        return running == null ? Next.done() : running.lane().run(id);
    }
}
