package dev.sluice.drift;

import dev.sluice.events.AppliedObject;
import dev.sluice.events.DeliveryId;
import dev.sluice.events.DriftDetected;
import dev.sluice.events.DriftedObject;
import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.kubernetes.apply.IgnoredFields;
import dev.sluice.manifests.ObjectId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges all objects of a delivery and says what has drifted. Takes what it compares from tables;
 * the only request it makes is a look at an object before it is called deleted.
 */
final class Detector {

    private static final Logger LOG = LoggerFactory.getLogger(Detector.class);

    /** The longest time from a write of an apply to its record. */
    private static final Duration FLIGHT = Duration.ofSeconds(20);

    private static final Duration SOON = Duration.ofSeconds(1);

    /** The longest time from an apply to what the watch tells of it. */
    private static final Duration SETTLING = Duration.ofSeconds(5);

    /**
     * What came of judging a delivery.
     *
     * @param report null where there is nothing to tell
     * @param again when to judge again by itself; null where only a change brings news
     */
    record Findings(@Nullable DriftDetected report, @Nullable Duration again) {}

    /** Looks at an object that the watch does not tell of. */
    interface Look {
        Optional<LiveObject> at(ObjectId id, String version) throws KubernetesException;
    }

    private final Expectations expectations;
    private final LiveObjects live;
    private final Look look;
    private final Restraint restraint;
    private final Clock clock;

    Detector(
            Expectations expectations,
            LiveObjects live,
            Look look,
            Restraint restraint,
            Clock clock) {
        this.expectations = expectations;
        this.live = live;
        this.look = look;
        this.restraint = restraint;
        this.clock = clock;
    }

    /**
     * @param terms that the delivery says
     */
    Findings judge(DeliveryId id, Terms terms) {
        Expectations.Delivery delivery = expectations.get(id);
        if (delivery == null) {
            restraint.forget(id);
            return new Findings(null, null);
        }
        Round round = new Round(id, terms, delivery);
        delivery.objects().forEach(round::judge);
        DriftDetected report =
                round.drifted.isEmpty()
                        ? null
                        : new DriftDetected(
                                id, delivery.record().event().position(), round.drifted);
        return new Findings(report, round.again);
    }

    /** One judging of one delivery. */
    private final class Round {

        private final DeliveryId id;
        private final Terms terms;
        private final Expectations.Delivery delivery;
        private final List<DriftedObject> drifted = new ArrayList<>();
        private @Nullable Duration again;

        Round(DeliveryId id, Terms terms, Expectations.Delivery delivery) {
            this.id = id;
            this.terms = terms;
            this.delivery = delivery;
        }

        void judge(ObjectId object, AppliedObject expected) {
            LiveObject seen = live.get(object);
            if (!live.listed(object) || (seen != null && belongsToAnother(object, seen))) {
                return;
            }
            Instant recorded = delivery.record().time();
            switch (Judgement.of(expected, recorded, seen)) {
                case Judgement.Fine _ -> {}
                case Judgement.Missing _ -> missing(object, expected, recorded);
                case Judgement.InFlight(Instant since) -> inFlight(object, expected, seen, since);
                case Judgement.Drifted found -> judged(object, expected, seen, found);
            }
        }

        private boolean belongsToAnother(ObjectId object, LiveObject seen) {
            return !seen.owner().equals(id.namespace() + '/' + id.name())
                    && expectations.of(object).stream()
                            .anyMatch(d -> seen.owner().equals(d.namespace() + '/' + d.name()));
        }

        private void missing(ObjectId object, AppliedObject expected, Instant recorded) {
            try {
                Optional<LiveObject> found = look.at(object, expected.version());
                if (found.isEmpty()) {
                    report(
                            object,
                            expected,
                            new Judgement.Drifted(DriftedObject.How.DELETED, null, List.of(), ""));
                } else if (Judgement.of(expected, recorded, found.get())
                        instanceof Judgement.Drifted edited) {
                    judged(object, expected, found.get(), edited);
                }
            } catch (KubernetesException e) {
                within(SOON);
            }
        }

        /**
         * Right after an apply, and where what was before is not what was applied, it may be a
         * newer apply of our own, whose record is on its way.
         */
        private void judged(
                ObjectId object,
                AppliedObject expected,
                @Nullable LiveObject seen,
                Judgement.Drifted found) {
            boolean unsure =
                    found.how() == DriftedObject.How.EDITED
                            && (seen == null || !follows(seen.before(), expected))
                            && delivery.record().time().plus(SETTLING).isAfter(clock.instant());
            if (unsure) {
                within(SOON);
            } else {
                report(object, expected, found);
            }
        }

        private static boolean follows(@Nullable OwnedFields before, AppliedObject expected) {
            return before != null && before.digest().equals(expected.owned());
        }

        private void inFlight(
                ObjectId object, AppliedObject expected, @Nullable LiveObject seen, Instant since) {
            Duration left = Duration.between(clock.instant(), since.plus(FLIGHT));
            if (left.isPositive() || seen == null) {
                within(left);
                return;
            }
            report(
                    object,
                    expected,
                    new Judgement.Drifted(
                            DriftedObject.How.EDITED,
                            seen.lastOther(),
                            seen.lastOtherFields(),
                            seen.resourceVersion()));
        }

        private void report(ObjectId object, AppliedObject expected, Judgement.Drifted found) {
            if (IgnoredFields.cover(terms.ignored(), object, expected.version(), found.fields())) {
                return;
            }
            String state =
                    found.resourceVersion().isEmpty()
                            ? "deleted since " + expected.resourceVersion()
                            : found.resourceVersion();
            Restraint.Key key =
                    new Restraint.Key(
                            id,
                            object,
                            terms.policy()
                                    + " "
                                    + found.how()
                                    + " "
                                    + found.who()
                                    + found.fields());
            boolean left = terms.policy() == Terms.Policy.WARN;
            if (left && restraint.isTold(key, state)) {
                return;
            }
            Duration hold = restraint.holdBack(key, state);
            if (hold.isPositive()) {
                within(hold);
                return;
            }
            int inARow = restraint.note(key, state);
            if (inARow == Restraint.FREE + 1) {
                LOG.atWarn()
                        .addKeyValue("target", id)
                        .addKeyValue("object", object.display())
                        .addKeyValue("manager", found.who())
                        .addKeyValue("fields", found.fields())
                        .log("someone keeps changing what is put right; corrections slow down");
            }
            if (!left) {
                within(Restraint.REPEAT);
            }
            drifted.add(
                    new DriftedObject(
                            object.inventoryId(),
                            found.how(),
                            found.who(),
                            found.fields(),
                            found.resourceVersion(),
                            clock.instant(),
                            inARow,
                            Restraint.fighting(inARow)));
        }

        private void within(Duration delay) {
            if (again == null || delay.compareTo(again) < 0) {
                again = delay;
            }
        }
    }

    /** The objects of a delivery that can drift, with their versions. */
    static Map<ObjectId, AppliedObject> watched(Expectations.Delivery delivery) {
        Map<ObjectId, AppliedObject> watched = new HashMap<>(delivery.objects());
        watched.values().removeIf(o -> o.owned().isEmpty());
        return watched;
    }
}
