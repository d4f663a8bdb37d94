package dev.sluice.applier;

import dev.sluice.events.DeliveryId;
import dev.sluice.pipeline.KeyedLanes;
import dev.sluice.pipeline.StateTable;
import dev.sluice.pipeline.share.Share;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Where several appliers share the deliveries: takes some over from others, and gives some away.
 */
final class Handover implements Share.Listener {

    /** How long whoever comes next waits for a run of ours to end. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final StateTable applied;
    private final KeyedLanes<DeliveryId> lanes;
    private final Runnable wakeAll;
    private final Consumer<Predicate<DeliveryId>> leave;

    /**
     * @param applied what was done, by anyone
     * @param wakeAll has every delivery looked at
     * @param leave forgets what this process remembers of deliveries
     */
    Handover(
            StateTable applied,
            KeyedLanes<DeliveryId> lanes,
            Runnable wakeAll,
            Consumer<Predicate<DeliveryId>> leave) {
        this.applied = applied;
        this.lanes = lanes;
        this.wakeAll = wakeAll;
        this.leave = leave;
    }

    @Override
    public void gained(StateTable said, Predicate<String> keys) {
        applied.adopt(said, keys);
        wakeAll.run();
    }

    @Override
    public void lost(Predicate<String> keys) {
        Predicate<DeliveryId> theirs = id -> keys.test(id.toString());
        lanes.awaitIdle(theirs, PATIENCE);
        leave.accept(theirs);
    }
}
