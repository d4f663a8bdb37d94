package dev.sluice.applier;

import dev.sluice.events.DeliveryFailed;
import dev.sluice.events.DeliveryId;
import dev.sluice.events.DeliveryRevealed;
import dev.sluice.events.Envelope;
import dev.sluice.events.ObjectChange;
import dev.sluice.events.Position;
import dev.sluice.fluxapi.kustomize.Kustomization;
import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.pipeline.Next;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The run of one delivery: looks at all that is known, decides, and does it. */
final class DeliveryLane {

    /** When to look again at an object of which the watch and the server do not tell the same. */
    private static final Duration UNSURE = Duration.ofSeconds(2);

    private static final Duration FIRST_RETRY = Duration.ofSeconds(2);

    private final Inputs inputs;
    private final Decision decision;
    private final Statuses statuses;
    private final Works works;
    private final Reports reports;
    private final Clock clock;
    private final Map<DeliveryId, Memory> memories = new ConcurrentHashMap<>();

    /** What a lane can do to a delivery's objects, and how it looks after them. */
    record Works(
            ApplyWork apply,
            HealthWork health,
            DriftWork drift,
            DeletionWork deletion,
            Fights fights,
            WindowWork windows) {}

    DeliveryLane(
            Inputs inputs,
            Decision decision,
            Statuses statuses,
            Works works,
            Reports reports,
            Clock clock) {
        this.inputs = inputs;
        this.decision = decision;
        this.statuses = statuses;
        this.works = works;
        this.reports = reports;
        this.clock = clock;
    }

    /** Brings one delivery to what is wanted now. */
    Next run(DeliveryId id) throws KubernetesException {
        Memory memory = memories.computeIfAbsent(id, _ -> new Memory());
        Delivery delivery = inputs.delivery(id, memory, clock.instant());
        Step step = decision.next(delivery, clock.instant());
        return works.fights.watch(delivery, memory, take(step, delivery, memory));
    }

    private Next take(Step step, Delivery delivery, Memory memory) throws KubernetesException {
        return switch (step) {
            case Step.Forget _ -> forget(delivery);
            case Step.Delete _ -> delete(delivery, memory);
            case Step.AnswerRequest _ -> answer(delivery);
            case Step.Rest(Duration again) -> again == null ? Next.done() : Next.after(again);
            case Step.Report(Envelope<DeliveryFailed> failure) -> report(delivery, memory, failure);
            case Step.Refuse refusal -> refuse(delivery, memory, refusal);
            case Step.Hold hold -> hold(delivery, memory, hold);
            case Step.Apply(Envelope<DeliveryRevealed> record, boolean all) ->
                    apply(delivery, memory, record, all);
            case Step.AwaitWindow wait -> await(delivery, memory, wait);
            case Step.Urgent urgent -> {
                works.windows.override(delivery, memory, urgent);
                yield apply(delivery, memory, urgent.revealed(), false);
            }
            case Step.Correct(DeliveryRevealed from) -> correct(delivery, memory, from);
            case Step.TellDrift(DriftPolicy policy) -> {
                works.drift.tell(delivery, policy);
                yield Next.after(Duration.ZERO);
            }
            case Step.CheckHealth(Envelope<DeliveryRevealed> record, HealthWait check) ->
                    settle(memory, works.health.look(delivery, record, check));
        };
    }

    /** Another process sees to these from now on. */
    void leave(Predicate<DeliveryId> ids) {
        memories.forEach((id, memory) -> {
            if (ids.test(id)) {
                memory.standing(null);
            }
        });
        memories.keySet().removeIf(ids);
    }

    private Next forget(Delivery delivery) throws KubernetesException {
        if (statuses.exists(delivery.id())) {
            return Next.after(UNSURE);
        }
        Memory memory = memories.remove(delivery.id());
        if (memory != null) {
            memory.standing(null);
        }
        works.deletion.forget(delivery.id());
        return Next.done();
    }

    private Next delete(Delivery delivery, Memory memory) throws KubernetesException {
        memory.standing(null);
        return works.deletion.run(delivery);
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

    private Next refuse(Delivery delivery, Memory memory, Step.Refuse refusal)
            throws KubernetesException {
        Kustomization object = Objects.requireNonNull(delivery.object());
        Outcome.Failed outcome =
                new Outcome.Failed(
                        Setback.SPEC,
                        refusal.reason(),
                        refusal.message(),
                        null,
                        null,
                        Duration.ZERO);
        statuses.hold(delivery.id());
        reports.failed(object, delivery.id(), refusal.attempt(), outcome, null, delivery.latest());
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

    /** What would change nothing does not wait. */
    private Next await(Delivery delivery, Memory memory, Step.AwaitWindow step)
            throws KubernetesException {
        if (!WindowWork.told(memory, step)) {
            List<ObjectChange> changes;
            try {
                changes = works.windows.preview(delivery, step.revealed().event());
            } catch (RefusedBundleException e) {
                return retry(
                        delivery,
                        memory,
                        attempt(delivery, step.revealed()),
                        works.apply.refused(delivery, step.revealed(), e));
            }
            if (changes.isEmpty() && !delivery.drifted()) {
                return apply(delivery, memory, step.revealed(), false);
            }
            works.windows.tell(delivery, memory, step, changes);
        }
        return works.windows.wait(step.closed());
    }

    private Next apply(
            Delivery delivery, Memory memory, Envelope<DeliveryRevealed> record, boolean all)
            throws KubernetesException {
        statuses.hold(delivery.id());
        Instant started = clock.instant();
        boolean drifted =
                !inputs.takeDrift(delivery).isEmpty()
                        && DriftPolicy.of(object(delivery)) == DriftPolicy.CORRECT;
        ApplyResult result;
        try (ProgressNote _ =
                ProgressNote.start(statuses, delivery.id(), attempt(delivery, record))) {
            result = works.apply.apply(delivery, record, all || drifted);
        }
        return switch (result) {
            case ApplyResult.Done done -> {
                reports.changed(
                        object(delivery),
                        attempt(delivery, record),
                        done.record().event().changes());
                yield settle(memory, works.health.begin(delivery, record, done, started));
            }
            case ApplyResult.Broken broken ->
                    retry(delivery, memory, attempt(delivery, record), broken);
        };
    }

    private Next correct(Delivery delivery, Memory memory, DeliveryRevealed from)
            throws KubernetesException {
        Optional<ApplyResult.Broken> broken = works.drift.correct(delivery, memory, from);
        boolean told =
                broken.isPresent()
                        && switch (memory.standing()) {
                            // The status tells of something newer, which counts more.
                            case Standing.Retrying _,
                                    Standing.Reported _,
                                    Standing.Blocked _,
                                    Standing.Awaiting _ ->
                                    false;
                            case Standing.Settled _, Standing.Checking _ -> true;
                            case null -> true;
                        };
        return told
                ? retry(delivery, memory, Attempt.of(from, budget(delivery)), broken.get())
                : Next.after(Duration.ZERO);
    }

    private static Budget budget(Delivery delivery) {
        return Budget.of(object(delivery).spec());
    }

    /** What may heal by itself is tried again soon at first, the rest after the retry interval. */
    private Next retry(Delivery delivery, Memory memory, Attempt attempt, ApplyResult.Broken broken)
            throws KubernetesException {
        int failures =
                memory.standing() instanceof Standing.Retrying(Position at, Instant _, int before)
                                && at.equals(attempt.position())
                        ? before + 1
                        : 1;
        Duration interval = attempt.budget().retryAfter();
        Duration soon = FIRST_RETRY.multipliedBy(1L << Math.min(failures - 1, 12));
        Duration wait = broken.mayHeal() && soon.compareTo(interval) < 0 ? soon : interval;
        Instant at = clock.instant().plus(wait);
        reports.failed(
                object(delivery), delivery.id(), attempt, broken.failure(), at, delivery.latest());
        memory.standing(new Standing.Retrying(attempt.position(), at, failures));
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
