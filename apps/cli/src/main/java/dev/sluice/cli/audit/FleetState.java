package dev.sluice.cli.audit;

import dev.sluice.audit.log.RecordLog;
import dev.sluice.events.AppliedObject;
import dev.sluice.events.Commit;
import dev.sluice.events.DeliveryApplied;
import dev.sluice.events.DeliveryDeleted;
import dev.sluice.events.DeliveryEvent;
import dev.sluice.events.DeliveryFailed;
import dev.sluice.events.DeliveryId;
import dev.sluice.events.DeliveryWaiting;
import dev.sluice.events.DriftDetected;
import dev.sluice.events.EventCodec;
import dev.sluice.events.SourceChanged;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What was deployed where at a moment, by what the log says until then. Of each delivery the latest
 * events are kept and nothing else, so that any log fits.
 */
public final class FleetState {

    private static final String APPLIER = "sluice/applier";

    private static final Set<String> NEEDED =
            Stream.of(
                            DeliveryApplied.class,
                            DeliveryDeleted.class,
                            DeliveryFailed.class,
                            DeliveryWaiting.class,
                            DriftDetected.class,
                            SourceChanged.class)
                    .map(type -> EventCodec.ceType(EventCodec.wordOf(type)))
                    .collect(Collectors.toUnmodifiableSet());

    private final Instant moment;
    private final Predicate<DeliveryId> wanted;
    private final Map<DeliveryId, Course> courses =
            new TreeMap<>(Comparator.comparing(DeliveryId::toString));

    private FleetState(Instant moment, Predicate<DeliveryId> wanted) {
        this.moment = moment;
        this.wanted = wanted;
    }

    /** All deployments at a moment, in the order of their names. */
    public static List<Deployment> at(RecordLog log, Instant moment, Predicate<DeliveryId> wanted)
            throws IOException {
        return at(log, List.of(moment), wanted).getFirst();
    }

    /** The same for several moments, read at once. */
    public static List<List<Deployment>> at(
            RecordLog log, List<Instant> moments, Predicate<DeliveryId> wanted) throws IOException {
        List<FleetState> states =
                moments.stream().map(moment -> new FleetState(moment, wanted)).toList();
        Map<String, Commit> commits = new HashMap<>();
        log.read(
                History.TOPICS,
                record -> {
                    if (NEEDED.contains(record.header("ce_type"))) {
                        Happening.of(record)
                                .ifPresent(happening -> take(happening, states, commits));
                    }
                });
        return states.stream().map(state -> state.deployments(commits)).toList();
    }

    private static void take(
            Happening happening, List<FleetState> states, Map<String, Commit> commits) {
        if (happening.event() instanceof SourceChanged changed && changed.commit() != null) {
            commits.put(changed.key() + ' ' + changed.artifact().revision(), changed.commit());
        }
        if (happening.event() instanceof DeliveryEvent event) {
            states.forEach(state -> state.take(happening, event));
        }
    }

    private void take(Happening happening, DeliveryEvent event) {
        if (!happening.time().isAfter(moment) && wanted.test(event.delivery())) {
            courses.computeIfAbsent(event.delivery(), _ -> new Course()).take(happening);
        }
    }

    private List<Deployment> deployments(Map<String, Commit> commits) {
        List<Deployment> deployments = new ArrayList<>();
        courses.values().forEach(course -> course.end(commits, deployments));
        return deployments;
    }

    /** The latest events of one delivery, taken in any order. */
    private static final class Course {

        /** What is in the cluster, as the trail has it. */
        private @Nullable Happening state;

        /** That it is so for good. */
        private @Nullable Happening outcome;

        private @Nullable Happening deletion;

        /** Anything else that tells how the delivery stands. */
        private @Nullable Happening trouble;

        void take(Happening happening) {
            switch (happening.event()) {
                case DeliveryApplied _ -> {
                    if (happening.isState()) {
                        state = later(state, happening);
                    } else {
                        outcome = later(outcome, happening);
                    }
                }
                case DeliveryDeleted _ -> {
                    // The stages before say it too, while the objects are still there.
                    if (happening.envelope().producer().equals(APPLIER)) {
                        deletion = later(deletion, happening);
                    }
                }
                default -> trouble = later(trouble, happening);
            }
        }

        /** Adds what was deployed in the end, if anything was. */
        void end(Map<String, Commit> commits, List<Deployment> into) {
            Happening last = later(state, outcome);
            if (last == null
                    || !last.equals(later(deletion, last))
                    || !(last.event() instanceof DeliveryApplied applied)) {
                return;
            }
            Happening known = state;
            boolean outcomeOfKnown =
                    known != null && !last.isState() && last.envelope().cause().equals(known.id());
            Happening from = known != null && outcomeOfKnown ? known : last;
            Standing standing = standing(last, applied);
            into.add(
                    new Deployment(
                            applied.delivery(),
                            applied.with(there(applied), applied.changes()),
                            from.time(),
                            from.id(),
                            standing.word,
                            standing.message,
                            commits.get(
                                    applied.source().source()
                                            + " "
                                            + applied.source().revision())));
        }

        /** How a delivery stands, and what went wrong. */
        private record Standing(String word, String message) {}

        private Standing standing(Happening last, DeliveryApplied applied) {
            Happening latest = later(last, trouble);
            if (latest == null || latest.equals(last)) {
                boolean partly = last.isState() && applied.content().isEmpty();
                return new Standing(partly ? "partly applied" : "applied", "");
            }
            return switch (latest.event()) {
                case DeliveryFailed failed ->
                        new Standing("failed", failed.reason().word() + ": " + failed.message());
                case DeliveryWaiting waiting -> new Standing("waiting", waiting.message());
                case DriftDetected drift ->
                        new Standing("drifted", drift.objects().size() + " objects drifted");
                default -> throw new IllegalStateException("nobody asked for " + latest.kind());
            };
        }

        /** What an apply is about to make is noted before it is there: it has no uid yet. */
        private static List<AppliedObject> there(DeliveryApplied applied) {
            return applied.objects().stream().filter(object -> !object.uid().isEmpty()).toList();
        }

        private static @Nullable Happening later(@Nullable Happening a, @Nullable Happening b) {
            if (a == null || b == null) {
                return a == null ? b : a;
            }
            return Happening.BY_TIME.compare(a, b) > 0 ? a : b;
        }
    }
}
