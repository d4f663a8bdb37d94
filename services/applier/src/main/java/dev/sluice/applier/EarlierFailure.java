package dev.sluice.applier;

import dev.sluice.events.DeliveryFailed;
import dev.sluice.events.Reason;
import java.time.Duration;

/** What a failure of an earlier stage means for the status. */
final class EarlierFailure {

    private EarlierFailure() {}

    static Outcome.Failed of(DeliveryFailed event) {
        return new Outcome.Failed(
                setback(event), event.reason(), event.message(), null, null, Duration.ZERO);
    }

    private static Setback setback(DeliveryFailed event) {
        if (event.reason() == Reason.INVALID_CEL_EXPRESSION
                || (event.reason() == Reason.ACCESS_DENIED && event.source() == null)) {
            return Setback.SPEC;
        }
        if (event.reason() == Reason.ARTIFACT_FAILED) {
            return event.source() == null ? Setback.SOURCE : Setback.PATH;
        }
        return event.source() == null ? Setback.SOURCE : Setback.BUILD;
    }
}
