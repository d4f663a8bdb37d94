package dev.sluice.renderer;

import dev.sluice.events.DeliveryId;
import dev.sluice.events.SourceId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/**
 * The Kustomizations and HelmReleases of the cluster, also by their source. Safe for use by many
 * threads.
 */
final class Deliveries {

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<DeliveryId, WantedDelivery> byId = new HashMap<>();
    private final Map<SourceId, Set<DeliveryId>> bySource = new HashMap<>();

    /** Takes the latest state; false where nothing in it concerns rendering. */
    boolean put(WantedDelivery delivery) {
        lock.lock();
        try {
            WantedDelivery old = byId.put(delivery.id(), delivery);
            if (old != null && !old.source().equals(delivery.source())) {
                unlink(old);
            }
            bySource.computeIfAbsent(delivery.source(), _ -> new HashSet<>()).add(delivery.id());
            return !delivery.equals(old);
        } finally {
            lock.unlock();
        }
    }

    void remove(DeliveryId id) {
        lock.lock();
        try {
            WantedDelivery old = byId.remove(id);
            if (old != null) {
                unlink(old);
            }
        } finally {
            lock.unlock();
        }
    }

    Optional<WantedDelivery> get(DeliveryId id) {
        lock.lock();
        try {
            return Optional.ofNullable(byId.get(id));
        } finally {
            lock.unlock();
        }
    }

    /** Those that are made from the source. */
    Set<DeliveryId> of(SourceId source) {
        lock.lock();
        try {
            return Set.copyOf(bySource.getOrDefault(source, Set.of()));
        } finally {
            lock.unlock();
        }
    }

    Set<DeliveryId> ids(String kind) {
        lock.lock();
        try {
            return byId.keySet().stream()
                    .filter(id -> id.kind().equals(kind))
                    .collect(Collectors.toUnmodifiableSet());
        } finally {
            lock.unlock();
        }
    }

    Set<DeliveryId> ids() {
        lock.lock();
        try {
            return Set.copyOf(byId.keySet());
        } finally {
            lock.unlock();
        }
    }

    private void unlink(WantedDelivery old) {
        Set<DeliveryId> ids = bySource.get(old.source());
        if (ids != null) {
            ids.remove(old.id());
            if (ids.isEmpty()) {
                bySource.remove(old.source());
            }
        }
    }
}
