package dev.sluice.applier;

import dev.sluice.applier.drift.DriftInbox;
import dev.sluice.events.DeliveryId;
import dev.sluice.events.DriftedObject;
import dev.sluice.fluxapi.kustomize.Kustomization;
import dev.sluice.kubernetes.KubernetesException;
import java.time.Instant;
import java.util.List;

/** Where a lane finds what is known of its delivery. */
final class Inputs {

    private final Kustomizations objects;
    private final RevealedRecords revealed;
    private final RecordCheck check;
    private final Outlets outlets;
    private final DriftInbox drift;
    private final LackingKinds kinds;

    Inputs(
            Kustomizations objects,
            RevealedRecords revealed,
            RecordCheck check,
            Outlets outlets,
            DriftInbox drift,
            LackingKinds kinds) {
        this.objects = objects;
        this.revealed = revealed;
        this.check = check;
        this.outlets = outlets;
        this.drift = drift;
        this.kinds = kinds;
    }

    Delivery delivery(DeliveryId id, Memory memory, Instant now) throws KubernetesException {
        Kustomization object = objects.get(id);
        String request = object == null ? null : Delivery.openRequest(object);
        return new Delivery(
                id,
                object,
                revealed.settle(id, check),
                object == null
                        ? null
                        : AppliedState.ofLife(outlets.latest(id), object.metadata().uid()),
                memory.standing(),
                memory.requestSeen(request, now),
                drift.has(id),
                kinds.takeServed(id));
    }

    /** Takes out the drift that still holds. */
    List<DriftedObject> takeDrift(Delivery delivery) {
        return drift.take(delivery.id(), AppliedState.objects(delivery.applied()));
    }
}
