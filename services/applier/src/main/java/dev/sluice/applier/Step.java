package dev.sluice.applier;

import dev.sluice.events.DeliveryFailed;
import dev.sluice.events.DeliveryRevealed;
import dev.sluice.events.Envelope;
import dev.sluice.events.Reason;
import dev.sluice.windows.Verdict;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What is to be done for a delivery now. */
sealed interface Step {

    /** The object is gone: forget what is known. */
    record Forget() implements Step {}

    /** The object is being deleted. */
    record Delete() implements Step {}

    /** Suspended, and a request was made: say that it was seen. */
    record AnswerRequest() implements Step {}

    /**
     * Nothing to do.
     *
     * @param again when to look again without being woken; absent for never
     */
    record Rest(@Nullable Duration again) implements Step {}

    /** The record's failure belongs into the status. */
    record Report(Envelope<DeliveryFailed> failure) implements Step {}

    /** The object says something that cannot be understood: only another text helps. */
    record Refuse(Attempt attempt, Reason reason, String message) implements Step {}

    /**
     * A dependency is not ready.
     *
     * @param tell whether it has lasted long enough for the status
     * @param patience how long that is
     */
    record Hold(Attempt attempt, DependencyCheck.Hold why, boolean tell, Duration patience)
            implements Step {}

    /**
     * Bring the cluster to the bundle.
     *
     * @param all whether every object is sent again, as a request asks for
     */
    record Apply(Envelope<DeliveryRevealed> revealed, boolean all) implements Step {}

    /** The maintenance windows are closed: tell what would change, and wait. */
    record AwaitWindow(Envelope<DeliveryRevealed> revealed, Verdict.Closed closed)
            implements Step {}

    /**
     * The maintenance windows are closed, and the change is urgent: bring the cluster to the
     * bundle.
     *
     * @param by {@code commit} or {@code annotation}
     * @param why the value of the trailer or the annotation
     */
    record Urgent(Envelope<DeliveryRevealed> revealed, Verdict.Closed closed, String by, String why)
            implements Step {}

    /**
     * Put back what someone changed.
     *
     * @param from what was applied to the end last: not what failed since
     */
    record Correct(DeliveryRevealed from) implements Step {}

    /** Someone changed something, and the delivery's policy is not to put it back. */
    record TellDrift(DriftPolicy policy) implements Step {}

    /** Look at the health of what is applied. */
    record CheckHealth(Envelope<DeliveryRevealed> revealed, HealthWait check) implements Step {}
}
