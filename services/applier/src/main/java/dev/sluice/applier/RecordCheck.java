package dev.sluice.applier;

import dev.sluice.events.DeliveryRevealed;
import dev.sluice.events.Envelope;
import dev.sluice.events.Event;
import dev.sluice.kubernetes.KubernetesException;
import org.jspecify.annotations.Nullable;

/**
 * A record counts that the decryptor signed, and that does not go back behind what counts. Whatever
 * else is on the topic was put there by somebody else.
 */
record RecordCheck(ApplierKeys keys, RefusedRecords refused) {

    /**
     * @param accepted what counts now
     */
    boolean passes(
            Envelope<Event> record, DeliveryRevealed event, @Nullable Envelope<Event> accepted)
            throws KubernetesException {
        if (!keys.verifies(event)) {
            refused.tell(record, RefusedRecords.Why.SIGNATURE);
            return false;
        }
        boolean goesBack =
                accepted != null
                        && accepted.event() instanceof DeliveryRevealed now
                        && event.position().before(now.position());
        if (goesBack) {
            refused.tell(record, RefusedRecords.Why.REPLAY);
        }
        return !goesBack;
    }
}
