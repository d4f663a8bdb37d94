package dev.sluice.applier.helm;

import dev.sluice.events.DeliveryApplied;
import dev.sluice.events.DeliveryFailed;
import dev.sluice.events.DeliveryId;
import dev.sluice.events.DeliveryWaiting;
import dev.sluice.events.Envelope;
import dev.sluice.events.WindowOverridden;
import org.jspecify.annotations.Nullable;

/**
 * What is told to the topics about releases, and what was told last. A port to the applier's own.
 */
public interface ReleaseJournal {

    /** What is in the cluster by the latest record. */
    @Nullable DeliveryApplied latest(DeliveryId id);

    void applied(DeliveryApplied event, @Nullable Envelope<?> cause);

    void failed(DeliveryFailed event, @Nullable Envelope<?> cause);

    /** The release is held up. */
    void waiting(DeliveryWaiting event, @Nullable Envelope<?> cause);

    /** An urgent change does not wait for its maintenance window. */
    void overridden(WindowOverridden event, @Nullable Envelope<?> cause);

    /** The release is no more. */
    void deleted(DeliveryId id, String why);
}
