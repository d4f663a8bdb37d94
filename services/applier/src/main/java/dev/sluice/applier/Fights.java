package dev.sluice.applier;

import dev.sluice.events.DriftedObject;
import dev.sluice.events.Position;
import dev.sluice.events.Reason;
import dev.sluice.fluxapi.Labels;
import dev.sluice.fluxapi.kustomize.Kustomization;
import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.manifests.ObjectId;
import dev.sluice.pipeline.Next;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Says in the status where another manager keeps taking what is put right, until that has been over
 * for a while.
 */
final class Fights {

    /** Longer than the longest time that corrections are held back. */
    private static final Duration QUIET = Duration.ofMinutes(12);

    private final Statuses statuses;
    private final Announcer announcer;
    private final Clock clock;

    Fights(Statuses statuses, Announcer announcer, Clock clock) {
        this.statuses = statuses;
        this.announcer = announcer;
        this.clock = clock;
    }

    /** Looks at what was put right: where it is a fight, both managers are named. */
    void seen(Delivery delivery, Memory memory, Attempt attempt, List<DriftedObject> drifted)
            throws KubernetesException {
        List<DriftedObject> fought = drifted.stream().filter(DriftedObject::fighting).toList();
        if (fought.isEmpty()) {
            return;
        }
        memory.fightUntil(clock.instant().plus(QUIET));
        String message = message(fought);
        if (statuses.tell(delivery.id(), attempt, new Outcome.Fighting(message))) {
            Kustomization object = Objects.requireNonNull(delivery.object());
            announcer.warning(object, attempt, Reason.FIGHTING, message);
        }
    }

    /** Ends a fight that nobody has kept up; else looks again when it is due. */
    Next watch(Delivery delivery, Memory memory, Next next) throws KubernetesException {
        Kustomization object = delivery.object();
        if (object == null || (memory.fightUntil() == null && !isTold(object))) {
            return next;
        }
        Instant now = clock.instant();
        Instant until = memory.fightUntil();
        if (until == null) {
            until = now.plus(QUIET);
            memory.fightUntil(until);
        }
        if (now.isBefore(until)) {
            return sooner(next, Duration.between(now, until));
        }
        memory.fightUntil(null);
        Position position =
                new Position(object.metadata().uid(), object.metadata().generation(), 0, 0);
        statuses.tell(
                delivery.id(),
                new Attempt(position, null, null, Budget.of(object.spec())),
                new Outcome.Peace());
        return next;
    }

    private static boolean isTold(Kustomization object) {
        return object.status() != null
                && object.status().conditions().stream()
                        .anyMatch(c -> c.type().equals(Outcome.Fighting.CONDITION));
    }

    private static Next sooner(Next next, Duration delay) {
        @Nullable Duration after = next.after();
        return after != null && after.compareTo(delay) <= 0 ? next : Next.after(delay);
    }

    private static String message(List<DriftedObject> fought) {
        String what =
                fought.stream()
                        .map(Fights::one)
                        .distinct()
                        .sorted()
                        .limit(5)
                        .collect(Collectors.joining("; "));
        return what
                + ". Corrections are held back. Stop the other manager, take the field out of Git, or list it in spec.ignore";
    }

    private static String one(DriftedObject object) {
        String who = object.who() == null ? "someone" : "'" + object.who() + "'";
        String what =
                object.fields().isEmpty()
                        ? ObjectId.parse(object.id()).display()
                        : object.fields().stream()
                                        .sorted()
                                        .limit(5)
                                        .collect(Collectors.joining(", "))
                                + " of "
                                + ObjectId.parse(object.id()).display();
        return who
                + " and '"
                + Labels.KUSTOMIZE_MANAGER
                + "' fight over "
                + what
                + ": each undoes what the other does";
    }
}
