package dev.sluice.cli.audit;

import dev.sluice.events.DeliveryApplied;
import dev.sluice.events.DeliveryDeleted;
import dev.sluice.events.DeliveryEvent;
import dev.sluice.events.DeliveryFailed;
import dev.sluice.events.DeliveryId;
import dev.sluice.events.DeliveryWaiting;
import dev.sluice.events.DriftDetected;
import dev.sluice.events.SourceChanged;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What was deployed where at a moment, by what the log says until then. */
public final class FleetState {

    private static final String APPLIER = "sluice/applier";

    private FleetState() {}

    /** What of a log has to be known for the state at any moment until then. */
    public static Predicate<Happening> needed(Instant until) {
        return happening ->
                !happening.time().isAfter(until)
                        && switch (happening.event()) {
                            case DeliveryApplied _,
                                    DeliveryDeleted _,
                                    DeliveryFailed _,
                                    DeliveryWaiting _,
                                    DriftDetected _,
                                    SourceChanged _ ->
                                    true;
                            default -> false;
                        };
    }

    /** All deployments at a moment, in the order of their names. */
    public static List<Deployment> at(
            History history, Instant moment, Predicate<DeliveryId> wanted) {
        Map<String, Course> courses = new TreeMap<>();
        for (Happening happening : history.all()) {
            if (happening.time().isAfter(moment)) {
                break;
            }
            if (happening.event() instanceof DeliveryEvent event && wanted.test(event.delivery())) {
                courses.computeIfAbsent(event.key(), _ -> new Course()).take(happening, event);
            }
        }
        List<Deployment> deployments = new ArrayList<>();
        courses.values().forEach(course -> course.end(history, deployments));
        return deployments;
    }

    /** One delivery, event by event. */
    private static final class Course {

        private @Nullable Happening at;
        private @Nullable DeliveryApplied applied;
        private String state = "";
        private String message = "";

        void take(Happening happening, DeliveryEvent event) {
            switch (event) {
                case DeliveryApplied done -> apply(happening, done);
                case DeliveryDeleted _ -> {
                    // The stages before say it too, while the objects are still there.
                    if (happening.envelope().producer().equals(APPLIER)) {
                        applied = null;
                    }
                }
                case DeliveryFailed failed -> {
                    state = "failed";
                    message = failed.reason().word() + ": " + failed.message();
                }
                case DeliveryWaiting waiting -> {
                    state = "waiting";
                    message = waiting.message();
                }
                case DriftDetected drift -> {
                    state = "drifted";
                    message = drift.objects().size() + " objects drifted";
                }
                default -> {}
            }
        }

        /** The trail says what is in the cluster, the outcome that it is so for good. */
        private void apply(Happening happening, DeliveryApplied done) {
            boolean partly = happening.isState() && done.content().isEmpty();
            boolean outcomeOfKnown =
                    !happening.isState()
                            && at != null
                            && happening.envelope().cause().equals(at.id());
            if (!outcomeOfKnown) {
                at = happening;
            }
            applied = done;
            state = partly ? "partly applied" : "applied";
            message = "";
        }

        void end(History history, List<Deployment> into) {
            DeliveryApplied last = applied;
            Happening from = at;
            if (last == null || from == null) {
                return;
            }
            into.add(
                    new Deployment(
                            last.delivery(),
                            last,
                            from.time(),
                            from.id(),
                            state,
                            message,
                            history.commit(
                                            last.source().source().toString(),
                                            last.source().revision())
                                    .orElse(null)));
        }
    }
}
