package dev.sluice.drift;

import dev.sluice.events.AppliedObject;
import dev.sluice.events.DeliveryApplied;
import dev.sluice.events.DeliveryId;
import dev.sluice.events.Envelope;
import dev.sluice.manifests.ObjectId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What was applied, by delivery and by object. Safe for use by many threads. */
final class Expectations {

    /**
     * One delivery as it was applied.
     *
     * @param record the event that told
     */
    record Delivery(Envelope<DeliveryApplied> record, Map<ObjectId, AppliedObject> objects) {}

    private final Map<DeliveryId, Delivery> deliveries = new ConcurrentHashMap<>();
    private final Map<ObjectId, Set<DeliveryId>> byObject = new ConcurrentHashMap<>();

    /**
     * Takes a record, unless it is older than what is known, as after a start, when the topic is
     * read from its beginning. What it no longer lists is no longer expected.
     */
    void put(Envelope<DeliveryApplied> record) {
        if (knowsLater(record)) {
            return;
        }
        Map<ObjectId, AppliedObject> objects = new HashMap<>();
        for (AppliedObject object : record.event().objects()) {
            objects.put(ObjectId.parse(object.id()), object);
        }
        DeliveryId id = record.event().delivery();
        Delivery old = deliveries.put(id, new Delivery(record, Map.copyOf(objects)));
        objects.keySet().forEach(o -> index(o).add(id));
        if (old != null) {
            old.objects.keySet().stream()
                    .filter(o -> !objects.containsKey(o))
                    .forEach(o -> index(o).remove(id));
        }
    }

    /** Takes the end of a delivery, unless it has begun anew since. */
    void end(Envelope<?> record) {
        if (!knowsLater(record)) {
            remove(DeliveryId.parse(record.event().key()));
        }
    }

    private boolean knowsLater(Envelope<?> record) {
        Delivery known = deliveries.get(DeliveryId.parse(record.event().key()));
        return known != null && known.record.id().compareTo(record.id()) > 0;
    }

    void remove(DeliveryId id) {
        Delivery old = deliveries.remove(id);
        if (old != null) {
            old.objects.keySet().forEach(o -> index(o).remove(id));
        }
    }

    @Nullable Delivery get(DeliveryId id) {
        return deliveries.get(id);
    }

    Collection<DeliveryId> ids() {
        return List.copyOf(deliveries.keySet());
    }

    /** The deliveries that list an object. */
    Collection<DeliveryId> of(ObjectId object) {
        return List.copyOf(byObject.getOrDefault(object, Set.of()));
    }

    private Set<DeliveryId> index(ObjectId object) {
        return byObject.computeIfAbsent(object, _ -> ConcurrentHashMap.newKeySet());
    }
}
