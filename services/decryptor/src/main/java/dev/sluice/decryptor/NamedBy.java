package dev.sluice.decryptor;

import dev.sluice.events.DeliveryId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** Which deliveries name which objects. Safe for use by many threads. */
final class NamedBy {

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<DeliveryId, List<NamedObject>> named = new HashMap<>();
    private final Map<NamedObject, Set<DeliveryId>> by = new HashMap<>();

    /**
     * What the delivery names, in place of what it named before.
     *
     * @return whether it named something before that it no longer names
     */
    boolean put(DeliveryId delivery, List<NamedObject> objects) {
        lock.lock();
        try {
            List<NamedObject> before =
                    objects.isEmpty()
                            ? named.remove(delivery)
                            : named.put(delivery, List.copyOf(objects));
            if (before != null) {
                before.forEach(object -> unlink(object, delivery));
            }
            objects.forEach(
                    object -> by.computeIfAbsent(object, _ -> new HashSet<>()).add(delivery));
            return before != null && !objects.containsAll(before);
        } finally {
            lock.unlock();
        }
    }

    Set<DeliveryId> of(NamedObject object) {
        lock.lock();
        try {
            return Set.copyOf(by.getOrDefault(object, Set.of()));
        } finally {
            lock.unlock();
        }
    }

    /** Whether any object of the kind is named in the namespace. */
    boolean any(String kind, String namespace) {
        lock.lock();
        try {
            return by.keySet().stream()
                    .anyMatch(object ->
                            object.kind().equals(kind) && object.namespace().equals(namespace));
        } finally {
            lock.unlock();
        }
    }

    private void unlink(NamedObject object, DeliveryId delivery) {
        Set<DeliveryId> deliveries = by.get(object);
        if (deliveries != null && deliveries.remove(delivery) && deliveries.isEmpty()) {
            by.remove(object);
        }
    }
}
