package dev.sluice.applier;

import dev.sluice.events.DeliveryRevealed;
import dev.sluice.events.DriftedObject;
import dev.sluice.fluxapi.kustomize.Kustomization;
import dev.sluice.kubernetes.KubernetesException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Puts drift right, or tells of it, as the delivery's policy says. */
final class DriftWork {

    private final Inputs inputs;
    private final ApplyWork work;
    private final Fights fights;
    private final Reports reports;

    DriftWork(Inputs inputs, ApplyWork work, Fights fights, Reports reports) {
        this.inputs = inputs;
        this.work = work;
        this.fights = fights;
        this.reports = reports;
    }

    /**
     * Puts right what drifted and still does.
     *
     * @return why it could not be done; empty where it was, or nothing had to be
     */
    Optional<ApplyResult.Broken> correct(Delivery delivery, Memory memory, DeliveryRevealed from)
            throws KubernetesException {
        List<DriftedObject> drifted = inputs.takeDrift(delivery);
        if (drifted.isEmpty()) {
            return Optional.empty();
        }
        Kustomization object = Objects.requireNonNull(delivery.object());
        return switch (work.correct(delivery, from, drifted)) {
            case ApplyResult.Done done -> {
                Attempt attempt = Attempt.of(from, Budget.of(object.spec()));
                reports.corrected(object, attempt, done.record(), drifted);
                fights.seen(delivery, memory, attempt, drifted);
                yield Optional.empty();
            }
            case ApplyResult.Broken broken -> Optional.of(broken);
        };
    }

    /** Leaves what drifted as it is. */
    void tell(Delivery delivery, DriftPolicy policy) {
        List<DriftedObject> drifted = inputs.takeDrift(delivery);
        if (policy == DriftPolicy.WARN && !drifted.isEmpty()) {
            reports.leftDrifted(delivery, drifted);
        }
    }
}
