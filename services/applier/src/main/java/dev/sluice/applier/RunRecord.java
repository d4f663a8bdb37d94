package dev.sluice.applier;

import dev.sluice.events.AppliedObject;
import dev.sluice.events.DeliveryApplied;
import dev.sluice.events.DeliveryRevealed;
import dev.sluice.events.Envelope;
import dev.sluice.events.ObjectChange;
import dev.sluice.events.Took;
import dev.sluice.fluxapi.kustomize.Kustomization;
import dev.sluice.kubernetes.apply.ApplyReport;
import dev.sluice.kubernetes.apply.Inventory;
import dev.sluice.kubernetes.apply.PruneReport;
import dev.sluice.manifests.KubernetesObject;
import dev.sluice.manifests.ObjectId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What one run puts on record of what is, or may be, in the cluster, in an order in which no object
 * is ever forgotten: what may come to be is on record before it does, and what could not be deleted
 * stays.
 */
final class RunRecord {

    private final Outlets outlets;
    private final DeliveryRevealed event;
    private final @Nullable Envelope<?> cause;
    private final Kustomization object;
    private final @Nullable DeliveryApplied latest;

    /**
     * @param event what is applied
     * @param cause the record that this run follows from
     */
    RunRecord(
            Outlets outlets,
            DeliveryRevealed event,
            @Nullable Envelope<?> cause,
            Kustomization object,
            @Nullable DeliveryApplied latest) {
        this.outlets = outlets;
        this.event = event;
        this.cause = cause;
        this.object = object;
        this.latest = AppliedState.ofLife(latest, event.position().uid());
    }

    /** Whether the cluster has all of it already, by what was recorded before. */
    boolean covers() {
        return AppliedState.covers(latest, event);
    }

    /**
     * What was recorded before and an apply need not ask about.
     *
     * @param doubtful objects that must be looked at all the same
     */
    Map<ObjectId, AppliedObject> known(Collection<String> doubtful) {
        return AppliedState.known(latest, doubtful);
    }

    Set<String> ids() {
        return AppliedState.objects(latest).stream()
                .map(AppliedObject::id)
                .collect(Collectors.toSet());
    }

    List<AppliedObject> before() {
        return AppliedState.objects(latest);
    }

    /** Objects that may exist from now on are on record before they do. */
    void announce(List<KubernetesObject> objects) {
        Inventory known = AppliedState.inventory(object.status(), latest);
        List<AppliedObject> fresh =
                objects.stream()
                        .filter(o -> !known.entries().containsKey(o.id()))
                        .map(o -> AppliedState.trace(o.id(), o.version()))
                        .toList();
        if (!fresh.isEmpty()) {
            unfinished(fresh);
        }
    }

    /** An apply that is under way, or was broken off: these are there now, or may be. */
    void unfinished(List<AppliedObject> over) {
        List<AppliedObject> all = AppliedState.merge(now(), over);
        outlets.keep(AppliedState.unfinished(event, latest, all), cause);
    }

    /** An apply that came to its end: these objects and no others. */
    Envelope<DeliveryApplied> finished(
            List<AppliedObject> objects, List<ObjectChange> changes, Took took) {
        return outlets.keep(AppliedState.finished(event, objects, changes, took), cause);
    }

    /** Drift put right: as before, with these objects written anew. */
    Envelope<DeliveryApplied> corrected(
            List<AppliedObject> over, List<ObjectChange> changes, Took took) {
        DeliveryApplied before = Objects.requireNonNull(latest, "what drifts was applied");
        List<AppliedObject> objects = AppliedState.merge(before.objects(), over);
        return outlets.keep(AppliedState.corrected(before, objects, changes, took), cause);
    }

    /** The record of the very position, where nothing needs to be added. */
    @Nullable Envelope<DeliveryApplied> standing() {
        Envelope<DeliveryApplied> kept = outlets.latestRecord(event.delivery());
        return kept != null && kept.event().position().equals(event.position()) ? kept : null;
    }

    /** All that may be in the cluster by the status and by all records. */
    Inventory all() {
        return AppliedState.inventory(object.status(), latest).plus(Inventory.of(now()));
    }

    /** What is there and is not wanted any more; without prune that is nobody's concern. */
    Inventory stale(ApplyReport report) {
        return object.spec().prune()
                ? all().minus(Inventory.of(report.applied()))
                : Inventory.EMPTY;
    }

    /** What was deleted of what had been there. */
    List<ObjectChange> deleted(PruneReport pruned) {
        return pruned.changes(AppliedState.seen(object.status(), now()));
    }

    /** What could not be deleted stays on record. */
    List<AppliedObject> leftOver(PruneReport pruned) {
        Map<ObjectId, String> versions = all().entries();
        return pruned.failed().keySet().stream()
                .map(id -> AppliedState.trace(id, versions.getOrDefault(id, "v1")))
                .toList();
    }

    /** With what this very run has recorded already. */
    private List<AppliedObject> now() {
        return AppliedState.objects(
                AppliedState.ofLife(outlets.latest(event.delivery()), event.position().uid()));
    }
}
