package dev.sluice.pipeline.share;

import dev.sluice.events.DeliveryId;
import dev.sluice.pipeline.KeyedLanes;
import dev.sluice.pipeline.StateTable;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Where several processes of a stage share the deliveries: takes some over from others, and gives
 * some away.
 */
public final class Handover implements Share.Listener {

    /** How long whoever comes next waits for a run of ours to end. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final BiConsumer<StateTable, Predicate<String>> adopt;
    private final KeyedLanes<DeliveryId> lanes;
    private final Runnable wakeAll;
    private final Consumer<Predicate<DeliveryId>> leave;

    /** For a stage that remembers nothing but what its topic says. */
    public Handover(
            BiConsumer<StateTable, Predicate<String>> adopt,
            KeyedLanes<DeliveryId> lanes,
            Runnable wakeAll) {
        this(adopt, lanes, wakeAll, _ -> {});
    }

    /**
     * @param adopt takes what was done by others, of the keys that are ours now
     * @param wakeAll has every delivery looked at
     * @param leave forgets what this process remembers of deliveries
     */
    public Handover(
            BiConsumer<StateTable, Predicate<String>> adopt,
            KeyedLanes<DeliveryId> lanes,
            Runnable wakeAll,
            Consumer<Predicate<DeliveryId>> leave) {
        this.adopt = adopt;
        this.lanes = lanes;
        this.wakeAll = wakeAll;
        this.leave = leave;
    }

    @Override
    public void gained(StateTable said, Predicate<String> keys) {
        adopt.accept(said, keys);
        wakeAll.run();
    }

    @Override
    public void lost(Predicate<String> keys) {
        Predicate<DeliveryId> theirs = id -> keys.test(id.toString());
        lanes.awaitIdle(theirs, PATIENCE);
        leave.accept(theirs);
    }
}
