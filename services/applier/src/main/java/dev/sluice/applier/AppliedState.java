package dev.sluice.applier;

import dev.sluice.events.AppliedObject;
import dev.sluice.events.DeliveryApplied;
import dev.sluice.events.DeliveryRevealed;
import dev.sluice.events.ObjectChange;
import dev.sluice.events.Position;
import dev.sluice.events.Took;
import dev.sluice.fluxapi.Inventory.Entry;
import dev.sluice.fluxapi.kustomize.KustomizationStatus;
import dev.sluice.kubernetes.apply.Inventory;
import dev.sluice.manifests.ObjectId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is known to be in the cluster for one delivery, and how an apply changes that. */
final class AppliedState {

    /**
     * No bundle has this content, so that an apply that was not finished is never taken for one.
     */
    private static final String UNFINISHED = "";

    private AppliedState() {}

    /** The latest record, where it is of the object's present life. */
    static @Nullable DeliveryApplied ofLife(@Nullable DeliveryApplied latest, String uid) {
        return latest != null && latest.position().uid().equals(uid) ? latest : null;
    }

    static List<AppliedObject> objects(@Nullable DeliveryApplied latest) {
        return latest == null ? List.of() : latest.objects();
    }

    /** By id: as it was recorded, or a mere trace of those that the names say. */
    static Map<ObjectId, AppliedObject> known(
            @Nullable DeliveryApplied latest, Collection<String> doubtful) {
        Map<ObjectId, AppliedObject> known = new LinkedHashMap<>();
        for (AppliedObject object : objects(latest)) {
            ObjectId id = ObjectId.parse(object.id());
            known.put(id, doubtful.contains(object.id()) ? trace(id, object.version()) : object);
        }
        return known;
    }

    /** Whether all of the bundle is in the cluster already, by what was last applied. */
    static boolean covers(@Nullable DeliveryApplied latest, DeliveryRevealed wanted) {
        return latest != null
                && latest.content().equals(wanted.content())
                && latest.position().generation() == wanted.position().generation()
                && latest.objects().stream().noneMatch(o -> o.desired().isEmpty());
    }

    /** All that may be there: what the status lists and what was recorded. */
    static Inventory inventory(
            @Nullable KustomizationStatus status, @Nullable DeliveryApplied latest) {
        Map<String, String> listed = new LinkedHashMap<>();
        if (status != null && status.inventory() != null) {
            for (Entry entry : status.inventory().entries()) {
                if (wellFormed(entry.id())) {
                    listed.put(entry.id(), entry.v());
                }
            }
        }
        return Inventory.parse(listed).plus(Inventory.of(objects(latest)));
    }

    /**
     * Which objects were in the cluster for certain: an object that is a mere trace may not have
     * been.
     */
    static Predicate<ObjectId> seen(
            @Nullable KustomizationStatus status, Collection<AppliedObject> recorded) {
        Inventory listed = inventory(status, null);
        Set<String> answered =
                recorded.stream()
                        .filter(o -> !o.uid().isEmpty())
                        .map(AppliedObject::id)
                        .collect(Collectors.toSet());
        return id -> listed.entries().containsKey(id) || answered.contains(id.inventoryId());
    }

    /** The inventory as the status shows it, in the order in which objects are applied. */
    static List<Entry> entries(Collection<AppliedObject> objects) {
        return objects.stream().map(o -> new Entry(o.id(), o.version())).toList();
    }

    /** An object that may be in the cluster, of which nothing is known. */
    static AppliedObject trace(ObjectId id, String version) {
        return new AppliedObject(id.inventoryId(), version, "", "", "", "");
    }

    /** The first list with the second's objects put over it, or added. */
    static List<AppliedObject> merge(
            Collection<AppliedObject> under, Collection<AppliedObject> over) {
        Map<String, AppliedObject> all = new LinkedHashMap<>();
        under.forEach(o -> all.put(o.id(), o));
        over.forEach(o -> all.put(o.id(), o));
        return List.copyOf(all.values());
    }

    /**
     * The record of an apply that is under way or was broken off: everything that may be there, at
     * the position of the last one that was finished.
     */
    static DeliveryApplied unfinished(
            DeliveryRevealed event, @Nullable DeliveryApplied latest, List<AppliedObject> objects) {
        Position position =
                latest == null ? new Position(event.position().uid(), 0, 0, 0) : latest.position();
        return new DeliveryApplied(
                event.delivery(),
                position,
                latest == null ? event.source() : latest.source(),
                UNFINISHED,
                objects,
                List.of(),
                new Took(0, 0),
                latest == null ? null : latest.from());
    }

    /** The same with objects that were put right: neither further nor less far than before. */
    static DeliveryApplied corrected(
            DeliveryApplied before,
            List<AppliedObject> objects,
            List<ObjectChange> changes,
            Took took) {
        return new DeliveryApplied(
                before.delivery(),
                before.position(),
                before.source(),
                before.content(),
                objects,
                changes,
                took,
                before.from());
    }

    /** The record of an apply that was finished. */
    static DeliveryApplied finished(
            DeliveryRevealed event,
            List<AppliedObject> objects,
            List<ObjectChange> changes,
            Took took) {
        return new DeliveryApplied(
                event.delivery(),
                event.position(),
                event.source(),
                event.content(),
                objects,
                changes,
                took,
                event);
    }

    /** People may have edited the status: what is no id is not ours. */
    private static boolean wellFormed(String id) {
        try {
            ObjectId.parse(id);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
