package dev.sluice.applier;

import dev.sluice.events.DeliveryEvent;
import dev.sluice.events.DeliveryFailed;
import dev.sluice.events.DeliveryRevealed;
import dev.sluice.events.Envelope;
import dev.sluice.events.Event;
import dev.sluice.events.Position;
import dev.sluice.events.Reason;
import dev.sluice.fluxapi.Condition;
import dev.sluice.fluxapi.ConditionTypes;
import dev.sluice.fluxapi.kustomize.Kustomization;
import dev.sluice.fluxapi.kustomize.KustomizationStatus;
import dev.sluice.kubernetes.cel.InvalidExpressionException;
import dev.sluice.windows.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides what is to be done for a delivery, in Flux's order of precedence. Touches nothing. */
final class Decision {

    /** What passes sooner than this is not worth a status of its own. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** A source that has just been made needs some time for its first artifact. */
    private static final Duration SOURCE_PATIENCE = Duration.ofSeconds(2);

    /** How long a request waits for the earlier stages to have looked again. */
    private static final Duration REQUEST_PATIENCE = Duration.ofSeconds(10);

    private final DependencyCheck dependencies;
    private final WindowGate gate;

    Decision(DependencyCheck dependencies, WindowGate gate) {
        this.dependencies = dependencies;
        this.gate = gate;
    }

    Step next(Delivery delivery, Instant now) {
        Kustomization object = delivery.object();
        if (object == null) {
            return new Step.Forget();
        }
        if (object.metadata().isDeleted()) {
            return new Step.Delete();
        }
        if (object.spec().suspend()) {
            return Delivery.openRequest(object) == null ? rest() : new Step.AnswerRequest();
        }
        Optional<Step> refused = refuse(delivery, object);
        if (refused.isPresent()) {
            return refused.get();
        }
        Position position = position(delivery.latest());
        if (position == null || !counts(position, object) || isPast(position, delivery)) {
            return withDrift(delivery, object, rest(), now);
        }
        Step step = gate.pass(delivery, object, forRecord(delivery, object, now), now);
        return withDrift(delivery, object, step, now);
    }

    /**
     * Drift of what is in the cluster is put right even where nothing new can be applied: while a
     * dependency is awaited, or something newer fails.
     */
    private Step withDrift(Delivery delivery, Kustomization object, Step step, Instant now) {
        if (!delivery.drifted()) {
            return step;
        }
        Verdict.Closed held = gate.holdsDrift(object, now);
        if (held != null) {
            return step instanceof Step.Rest ? new Step.Rest(WindowWork.until(held, now)) : step;
        }
        DriftPolicy policy = DriftPolicy.of(object);
        DeliveryRevealed good = delivery.lastGood();
        return switch (step) {
            case Step.Rest _, Step.Hold _, Step.Report _, Step.CheckHealth _, Step.AwaitWindow _
                    when policy != DriftPolicy.CORRECT ->
                    new Step.TellDrift(policy);
            case Step.Rest _, Step.Hold _, Step.Report _, Step.CheckHealth _, Step.AwaitWindow _
                    when good != null ->
                    new Step.Correct(good);
            default -> step;
        };
    }

    private Step forRecord(Delivery delivery, Kustomization object, Instant now) {
        Budget budget = Budget.of(object.spec());
        return switch (delivery.latest()) {
            case Envelope<Event>(_, _, _, _, _, _, DeliveryFailed failed) ->
                    failed(delivery, object, failed, budget, now);
            case Envelope<Event>(_, _, _, _, _, _, DeliveryRevealed revealed) ->
                    hold(delivery, object, Attempt.of(revealed, budget), now)
                            .orElseGet(() -> revealed(delivery, object, revealed, now));
            case null, default -> rest();
        };
    }

    /** Without a source there is nothing that could wait for a dependency. */
    private Step failed(
            Delivery delivery,
            Kustomization object,
            DeliveryFailed failed,
            Budget budget,
            Instant now) {
        if (failed.source() != null) {
            Optional<Step> hold = hold(delivery, object, Attempt.of(failed, budget), now);
            if (hold.isPresent()) {
                return hold.get();
            }
        }
        if (failed.source() == null
                && failed.reason() == Reason.ARTIFACT_FAILED
                && !(delivery.standing() instanceof Standing.Reported)
                && !lasts(delivery, SOURCE_PATIENCE, now)) {
            return new Step.Hold(
                    Attempt.of(failed, budget),
                    new DependencyCheck.Hold(failed.message(), "", null),
                    false,
                    SOURCE_PATIENCE);
        }
        boolean reported =
                delivery.standing() instanceof Standing.Reported(_, String eventId)
                        && eventId.equals(latest(delivery, DeliveryFailed.class).id());
        return reported ? rest() : new Step.Report(latest(delivery, DeliveryFailed.class));
    }

    private Step revealed(
            Delivery delivery, Kustomization object, DeliveryRevealed revealed, Instant now) {
        Envelope<DeliveryRevealed> record = latest(delivery, DeliveryRevealed.class);
        Position position = revealed.position();
        String request = Delivery.openRequest(object);
        if (request != null) {
            Duration waited = Duration.between(delivery.requestSeen(), now);
            if (request.equals(revealed.requestedAt()) || waited.compareTo(REQUEST_PATIENCE) >= 0) {
                return new Step.Apply(record, true);
            }
        }
        Step step =
                switch (standing(delivery, object, revealed)) {
                    case Standing.Settled(Position at) when at.equals(position) -> rest();
                    case Standing.Checking(Position at, HealthWait check)
                            when at.equals(position) ->
                            new Step.CheckHealth(record, check);
                    case Standing.Retrying(Position at, Instant again, int _)
                            when at.equals(position)
                                    && now.isBefore(again)
                                    && !delivery.unblocked()
                                    && !PruneGuard.confirms(object, revealed.source().revision()) ->
                            new Step.Rest(Duration.between(now, again));
                    case null, default -> new Step.Apply(record, false);
                };
        return request != null && step instanceof Step.Rest
                ? new Step.Rest(REQUEST_PATIENCE)
                : step;
    }

    /** What this process knows, or what the status tells it after a start. */
    private static @Nullable Standing standing(
            Delivery delivery, Kustomization object, DeliveryRevealed revealed) {
        if (delivery.standing() != null || delivery.applied() == null) {
            return delivery.standing();
        }
        KustomizationStatus status = object.status();
        boolean settled =
                delivery.applied().position().equals(revealed.position())
                        && status != null
                        && revealed.source().revision().equals(status.lastAppliedRevision())
                        && status.observedGeneration() != null
                        && status.observedGeneration() == object.metadata().generation()
                        && status.conditions().stream().anyMatch(Decision::ready);
        return settled ? new Standing.Settled(revealed.position()) : null;
    }

    private Optional<Step> refuse(Delivery delivery, Kustomization object) {
        if (object.spec().healthCheckExprs().isEmpty()) {
            return Optional.empty();
        }
        try {
            HealthExpressions.compile(object.spec().healthCheckExprs());
            return Optional.empty();
        } catch (InvalidExpressionException e) {
            return Optional.of(
                    new Step.Refuse(
                            attempt(delivery, object),
                            Reason.INVALID_CEL_EXPRESSION,
                            "failed to create custom status evaluator for healthchecks: "
                                    + e.getMessage()));
        }
    }

    private Optional<Step> hold(
            Delivery delivery, Kustomization object, Attempt attempt, Instant now) {
        return dependencies
                .check(delivery.id(), object, attempt.revision())
                .map(hold -> {
                    if (hold.fault() != null) {
                        return new Step.Refuse(attempt, hold.fault(), hold.message());
                    }
                    return new Step.Hold(attempt, hold, lasts(delivery, PATIENCE, now), PATIENCE);
                });
    }

    private static boolean lasts(Delivery delivery, Duration patience, Instant now) {
        return delivery.standing() instanceof Standing.Blocked(_, Instant since)
                && !now.isBefore(since.plus(patience));
    }

    private static Attempt attempt(Delivery delivery, Kustomization object) {
        Position position = position(delivery.latest());
        long source = position == null ? 0 : position.source();
        return new Attempt(
                new Position(object.metadata().uid(), object.metadata().generation(), source, 0),
                null,
                object.metadata().requestedAt(),
                Budget.of(object.spec()));
    }

    /** Of another life, or of another spec than the present one: the right record is to come. */
    private static boolean counts(Position position, Kustomization object) {
        return position.uid().equals(object.metadata().uid())
                && position.generation() == object.metadata().generation();
    }

    /** What only went into the status is not done: a failure carries no signature. */
    private static boolean isPast(Position position, Delivery delivery) {
        Position done =
                switch (delivery.standing()) {
                    case Standing.Settled(Position at) -> at;
                    case Standing.Checking(Position at, HealthWait _) -> at;
                    case Standing.Retrying(Position at, Instant _, int _) -> at;
                    case Standing.Reported _, Standing.Blocked _, Standing.Awaiting _ -> null;
                    case null -> null;
                };
        return (delivery.applied() != null && position.before(delivery.applied().position()))
                || (done != null && position.before(done));
    }

    private static @Nullable Position position(@Nullable Envelope<Event> latest) {
        return latest != null && latest.event() instanceof DeliveryEvent event
                ? switch (event) {
                    case DeliveryFailed failed -> failed.position();
                    case DeliveryRevealed revealed -> revealed.position();
                    default -> null;
                }
                : null;
    }

    @SuppressWarnings("unchecked") // the caller has looked at the event
    private static <E extends Event> Envelope<E> latest(Delivery delivery, Class<E> type) {
        Envelope<?> latest = delivery.latest();
        if (latest == null || !type.isInstance(latest.event())) {
            throw new IllegalStateException("the latest record is no " + type.getSimpleName());
        }
        return (Envelope<E>) latest;
    }

    private static boolean ready(Condition condition) {
        return condition.type().equals(ConditionTypes.READY) && condition.isTrue();
    }

    private static Step rest() {
        return new Step.Rest(null);
    }
}
