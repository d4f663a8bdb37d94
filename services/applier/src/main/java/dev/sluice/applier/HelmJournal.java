package dev.sluice.applier;

import dev.sluice.applier.helm.ReleaseJournal;
import dev.sluice.events.DeliveryApplied;
import dev.sluice.events.DeliveryDeleted;
import dev.sluice.events.DeliveryFailed;
import dev.sluice.events.DeliveryId;
import dev.sluice.events.DeliveryWaiting;
import dev.sluice.events.Envelope;
import dev.sluice.events.WindowOverridden;
import dev.sluice.pipeline.EventSender;
import org.jspecify.annotations.Nullable;

/** Tells about releases on the applier's topics. */
final class HelmJournal implements ReleaseJournal {

    private final Outlets outlets;

    private final EventSender audit;

    HelmJournal(Outlets outlets, EventSender audit) {
        this.outlets = outlets;
        this.audit = audit;
    }

    @Override
    public @Nullable DeliveryApplied latest(DeliveryId id) {
        return outlets.latest(id);
    }

    @Override
    public void applied(DeliveryApplied event, @Nullable Envelope<?> cause) {
        outlets.outcome(event, outlets.keep(event, cause));
    }

    @Override
    public void failed(DeliveryFailed event, @Nullable Envelope<?> cause) {
        outlets.outcome(event, cause);
    }

    @Override
    public void waiting(DeliveryWaiting event, @Nullable Envelope<?> cause) {
        outlets.outcome(event, cause);
    }

    @Override
    public void overridden(WindowOverridden event, @Nullable Envelope<?> cause) {
        audit.send(event, cause);
    }

    @Override
    public void deleted(DeliveryId id, String why) {
        DeliveryApplied last = outlets.latest(id);
        if (last != null) {
            outlets.deleted(new DeliveryDeleted(id, last.position(), why));
        }
    }
}
