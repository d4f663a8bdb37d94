package dev.sluice.applier;

import dev.sluice.events.DeliveryFailed;
import dev.sluice.events.DeliveryId;
import dev.sluice.events.DeliveryRevealed;
import dev.sluice.events.DriftedObject;
import dev.sluice.events.Envelope;
import dev.sluice.events.Position;
import dev.sluice.events.Reason;
import dev.sluice.fluxapi.kustomize.Kustomization;
import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.pipeline.Next;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The run of one delivery: looks at all that is known, decides, and does it. */
final class DeliveryLane {

    /** When to look again at an object of which the watch and the server do not tell the same. */
    private static final Duration UNSURE = Duration.ofSeconds(2);

    private final Inputs inputs;
    private final Decision decision;
    private final Statuses statuses;
    private final ApplyWork work;
    private final HealthWork health;
    private final DeletionWork deletion;
    private final Reports reports;
    private final Clock clock;
    private final Map<DeliveryId, Memory> memories = new ConcurrentHashMap<>();

    DeliveryLane(
            Inputs inputs,
            Decision decision,
            Statuses statuses,
            ApplyWork work,
            HealthWork health,
            DeletionWork deletion,
            Reports reports,
            Clock clock) {
        this.inputs = inputs;
        this.decision = decision;
        this.statuses = statuses;
        this.work = work;
        this.health = health;
        this.deletion = deletion;
        this.reports = reports;
        this.clock = clock;
    }

    /** Brings one delivery to what is wanted now. */
    Next run(DeliveryId id) throws KubernetesException {
        Memory memory = memories.computeIfAbsent(id, _ -> new Memory());
        Delivery delivery = inputs.delivery(id, memory, clock.instant());
        return switch (decision.next(delivery, clock.instant())) {
            case Step.Forget _ -> forget(delivery);
            case Step.Delete _ -> delete(delivery, memory);
            case Step.AnswerRequest _ -> answer(delivery);
            case Step.Rest(Duration again) -> again == null ? Next.done() : Next.after(again);
            case Step.Report(Envelope<DeliveryFailed> failure) -> report(delivery, memory, failure);
            case Step.Refuse(Attempt attempt, String message) ->
                    refuse(delivery, memory, attempt, message);
            case Step.Hold hold -> hold(delivery, memory, hold);
            case Step.Apply(Envelope<DeliveryRevealed> record, boolean all) ->
                    apply(delivery, memory, record, all);
            case Step.Correct(Envelope<DeliveryRevealed> record) ->
                    correct(delivery, memory, record);
            case Step.CheckHealth(Envelope<DeliveryRevealed> record, HealthWait check) ->
                    settle(memory, health.look(delivery, record, check));
        };
    }

    private Next forget(Delivery delivery) throws KubernetesException {
        if (statuses.exists(delivery.id())) {
            return Next.after(UNSURE);
        }
        Memory memory = memories.remove(delivery.id());
        if (memory != null) {
            memory.standing(null);
        }
        deletion.forget(delivery.id());
        return Next.done();
    }

    private Next delete(Delivery delivery, Memory memory) throws KubernetesException {
        memory.standing(null);
        return deletion.run(delivery);
    }

    private Next answer(Delivery delivery) throws KubernetesException {
        Kustomization object = Objects.requireNonNull(delivery.object());
        Position position =
                new Position(object.metadata().uid(), object.metadata().generation(), 0, 0);
        reports.answered(
                delivery.id(),
                new Attempt(
                        position, null, object.metadata().requestedAt(), Budget.of(object.spec())));
        return Next.done();
    }

    private Next report(Delivery delivery, Memory memory, Envelope<DeliveryFailed> failure)
            throws KubernetesException {
        Kustomization object = Objects.requireNonNull(delivery.object());
        DeliveryFailed event = failure.event();
        statuses.hold(delivery.id());
        reports.passedOn(
                object,
                Attempt.of(event, Budget.of(object.spec())),
                EarlierFailure.of(event),
                failure);
        memory.standing(new Standing.Reported(event.position(), failure.id()));
        return Next.done();
    }

    private Next refuse(Delivery delivery, Memory memory, Attempt attempt, String message)
            throws KubernetesException {
        Kustomization object = Objects.requireNonNull(delivery.object());
        Outcome.Failed outcome =
                new Outcome.Failed(
                        Setback.SPEC,
                        Reason.INVALID_CEL_EXPRESSION,
                        message,
                        null,
                        null,
                        Duration.ZERO);
        statuses.hold(delivery.id());
        reports.failed(object, delivery.id(), attempt, outcome, null, delivery.latest());
        memory.standing(null);
        return Next.done();
    }

    private Next hold(Delivery delivery, Memory memory, Step.Hold hold) throws KubernetesException {
        Kustomization object = Objects.requireNonNull(delivery.object());
        Position position = hold.attempt().position();
        if (!hold.tell()) {
            if (!(memory.standing() instanceof Standing.Blocked)) {
                memory.standing(new Standing.Blocked(position, clock.instant()));
            }
            return Next.after(hold.patience());
        }
        statuses.hold(delivery.id());
        reports.blocked(object, delivery.id(), hold.attempt(), hold.why(), delivery.latest());
        memory.standing(new Standing.Blocked(position, clock.instant()));
        return Next.done();
    }

    private Next apply(
            Delivery delivery, Memory memory, Envelope<DeliveryRevealed> record, boolean all)
            throws KubernetesException {
        statuses.hold(delivery.id());
        Instant started = clock.instant();
        List<DriftedObject> drifted = inputs.takeDrift(delivery);
        ApplyResult result;
        try (ProgressNote _ =
                ProgressNote.start(statuses, delivery.id(), attempt(delivery, record))) {
            result = work.apply(delivery, record, all || !drifted.isEmpty());
        }
        return switch (result) {
            case ApplyResult.Done done -> {
                reports.changed(
                        object(delivery),
                        attempt(delivery, record),
                        done.record().event().changes());
                yield settle(memory, health.begin(delivery, record, done, started));
            }
            case ApplyResult.Broken(Outcome.Failed failure) ->
                    retry(delivery, memory, record, failure);
        };
    }

    private Next correct(Delivery delivery, Memory memory, Envelope<DeliveryRevealed> record)
            throws KubernetesException {
        List<DriftedObject> drifted = inputs.takeDrift(delivery);
        if (drifted.isEmpty()) {
            return Next.after(Duration.ZERO);
        }
        return switch (work.correct(delivery, record, drifted)) {
            case ApplyResult.Done done -> {
                reports.corrected(
                        object(delivery), attempt(delivery, record), done.record(), drifted);
                yield Next.after(Duration.ZERO);
            }
            case ApplyResult.Broken(Outcome.Failed failure) ->
                    retry(delivery, memory, record, failure);
        };
    }

    private Next retry(
            Delivery delivery,
            Memory memory,
            Envelope<DeliveryRevealed> record,
            Outcome.Failed failure)
            throws KubernetesException {
        Attempt attempt = attempt(delivery, record);
        Duration wait = attempt.budget().retryAfter();
        Instant at = clock.instant().plus(wait);
        reports.failed(object(delivery), delivery.id(), attempt, failure, at, record);
        memory.standing(new Standing.Retrying(attempt.position(), at));
        return Next.after(wait);
    }

    /** Remembers what a look at the health came to. */
    private Next settle(Memory memory, HealthWork.Result result) {
        memory.standing(result.standing());
        return result.next();
    }

    private static Kustomization object(Delivery delivery) {
        return Objects.requireNonNull(delivery.object());
    }

    /** With the request that is open now: whatever the record says, it is answered by this run. */
    static Attempt attempt(Delivery delivery, Envelope<DeliveryRevealed> record) {
        Kustomization object = object(delivery);
        DeliveryRevealed event = record.event();
        @Nullable String open = Delivery.openRequest(object);
        return new Attempt(event.position(), event.source(), open, Budget.of(object.spec()));
    }
}
