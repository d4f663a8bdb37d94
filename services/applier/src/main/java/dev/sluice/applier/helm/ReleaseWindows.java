package dev.sluice.applier.helm;

import dev.sluice.events.DeliveryId;
import dev.sluice.events.DeliveryRevealed;
import dev.sluice.events.Envelope;
import dev.sluice.events.Event;
import dev.sluice.events.Position;
import dev.sluice.events.Reason;
import dev.sluice.events.WindowOverridden;
import dev.sluice.fluxapi.Condition.Status;
import dev.sluice.fluxapi.helm.HelmRelease;
import dev.sluice.windows.Verdict;
import dev.sluice.windows.Windows;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Whether a release may be changed now, as the maintenance windows say. */
public final class ReleaseWindows {

    /** Clocks are set and machines sleep: a long wait is looked at now and then. */
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(10);

    private final Windows windows;
    private final ReleaseJournal journal;
    private final Clock clock;
    private final Map<DeliveryId, Position> overridden = new ConcurrentHashMap<>();

    public ReleaseWindows(Windows windows, ReleaseJournal journal, Clock clock) {
        this.windows = windows;
        this.journal = journal;
        this.clock = clock;
    }

    /**
     * What keeps a change away.
     *
     * @param again when to look again
     */
    record Hold(Status ready, Reason reason, String message, Duration again) {}

    /** Empty where the change may go on; an urgent one is put on record. */
    Optional<Hold> hold(HelmRelease object, DeliveryRevealed wanted, Envelope<Event> cause) {
        return switch (windows.of(object.metadata(), clock.instant())) {
            case Verdict.Open _ -> Optional.empty();
            case Verdict.Invalid(String message) ->
                    Optional.of(new Hold(Status.False, Reason.INVALID_WINDOW, message, LOOK_AGAIN));
            case Verdict.Closed closed -> closed(object, wanted, cause, closed);
        };
    }

    /** When to look again at drift that stays while the windows are closed; empty where it goes. */
    Optional<Duration> holdsDrift(HelmRelease object) {
        return windows.of(object.metadata(), clock.instant()) instanceof Verdict.Closed closed
                        && closed.holdsDrift()
                ? Optional.of(until(closed))
                : Optional.empty();
    }

    private Optional<Hold> closed(
            HelmRelease object,
            DeliveryRevealed wanted,
            Envelope<Event> cause,
            Verdict.Closed closed) {
        String revision = wanted.source().revision();
        String commit = wanted.source().urgent();
        String annotation = object.metadata().annotations().get(Windows.URGENT_ANNOTATION);
        boolean annotated = annotation != null && annotation.strip().equals(revision);
        if (!closed.deniesUrgency() && (commit != null || annotated)) {
            if (!wanted.position().equals(overridden.put(wanted.delivery(), wanted.position()))) {
                journal.overridden(
                        new WindowOverridden(
                                wanted.delivery(),
                                wanted.position(),
                                wanted.source(),
                                commit != null ? "commit" : "annotation",
                                commit != null ? commit : revision,
                                closed.opens()),
                        cause);
            }
            return Optional.empty();
        }
        return Optional.of(
                new Hold(
                        Status.Unknown,
                        Reason.AWAITING_WINDOW,
                        "Revision "
                                + revision
                                + " awaits its maintenance window; next opening: "
                                + closed.opensAt(),
                        until(closed)));
    }

    private Duration until(Verdict.Closed closed) {
        Instant opens = closed.opens();
        if (opens == null) {
            return LOOK_AGAIN;
        }
        Duration until = Duration.between(clock.instant(), opens);
        return until.compareTo(LOOK_AGAIN) > 0 ? LOOK_AGAIN : until;
    }
}
