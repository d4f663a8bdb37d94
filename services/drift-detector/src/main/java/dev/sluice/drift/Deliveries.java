package dev.sluice.drift;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.events.DeliveryId;
import dev.sluice.kubernetes.target.RemoteReference;
import dev.sluice.kubernetes.watch.Sink;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The terms of every delivery of a family, kept up by a watch. Asked by many threads. */
final class Deliveries implements Sink {

    private final Family family;
    private final String cluster;
    private final Consumer<DeliveryId> changed;
    private final Map<DeliveryId, Terms> terms = new ConcurrentHashMap<>();
    private final Set<DeliveryId> listing = new HashSet<>();

    /**
     * @param family of the deliveries
     * @param cluster the name of the cluster that is watched
     * @param changed told each delivery whose terms are other than before
     */
    Deliveries(Family family, String cluster, Consumer<DeliveryId> changed) {
        this.family = family;
        this.cluster = cluster;
        this.changed = changed;
    }

    /** Null where there is no such delivery. */
    @Nullable Terms terms(DeliveryId id) {
        return terms.get(id);
    }

    /** Those whose objects are in that other cluster. */
    List<DeliveryId> of(RemoteReference reference) {
        return terms.entrySet().stream()
                .filter(e -> e.getValue().remote().filter(reference::equals).isPresent())
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    public void begin() {
        listing.clear();
    }

    @Override
    public void present(ObjectNode object) {
        DeliveryId id = id(object);
        listing.add(id);
        Terms now = family.terms(object);
        if (!now.equals(terms.put(id, now))) {
            changed.accept(id);
        }
    }

    @Override
    public void complete() {
        terms.keySet().retainAll(listing);
        listing.clear();
    }

    @Override
    public void gone(ObjectNode object) {
        terms.remove(id(object));
    }

    private DeliveryId id(ObjectNode object) {
        return new DeliveryId(
                cluster,
                family.kind(),
                object.at("/metadata/namespace").asText(),
                object.at("/metadata/name").asText());
    }
}
