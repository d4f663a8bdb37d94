package dev.sluice.applier.drift;

import dev.sluice.events.AppliedObject;
import dev.sluice.events.DeliveryId;
import dev.sluice.events.DriftDetected;
import dev.sluice.events.DriftedObject;
import dev.sluice.kubernetes.ResourceVersions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Drift that was reported and not yet undone, by delivery. Safe for use by many threads. */
public final class DriftInbox {

    private final Map<DeliveryId, Map<String, DriftedObject>> pending = new ConcurrentHashMap<>();

    /** Takes a report; of two about one object the later counts. */
    public void add(DriftDetected report) {
        pending.merge(
                report.delivery(),
                byId(report.objects()),
                (old, fresh) -> {
                    Map<String, DriftedObject> all = new HashMap<>(old);
                    all.putAll(fresh);
                    return all;
                });
    }

    public boolean has(DeliveryId id) {
        return pending.containsKey(id);
    }

    /**
     * Takes out what was reported and still holds: objects that are in the inventory and were not
     * applied since.
     */
    public List<DriftedObject> take(DeliveryId id, Collection<AppliedObject> applied) {
        Map<String, DriftedObject> taken = pending.remove(id);
        if (taken == null) {
            return List.of();
        }
        Map<String, AppliedObject> known =
                applied.stream().collect(Collectors.toMap(AppliedObject::id, Function.identity()));
        List<DriftedObject> holding = new ArrayList<>();
        for (DriftedObject object : taken.values()) {
            AppliedObject last = known.get(object.id());
            if (last != null && holds(object, last)) {
                holding.add(object);
            }
        }
        return holding;
    }

    public void forget(DeliveryId id) {
        pending.remove(id);
    }

    private static boolean holds(DriftedObject object, AppliedObject last) {
        return object.how() == DriftedObject.How.DELETED
                || ResourceVersions.later(object.resourceVersion(), last.resourceVersion());
    }

    private static Map<String, DriftedObject> byId(List<DriftedObject> objects) {
        return objects.stream()
                .collect(
                        Collectors.toMap(
                                DriftedObject::id, Function.identity(), (_, fresh) -> fresh));
    }
}
