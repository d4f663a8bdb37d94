package dev.sluice.renderer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.events.DeliveryId;
import dev.sluice.kubernetes.ObjectMeta;
import dev.sluice.kubernetes.watch.Sink;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** Keeps {@link Deliveries} as the objects of one kind are. Runs on the watch's own thread. */
final class DeliverySink implements Sink {

    private final Deliveries deliveries;
    private final String cluster;
    private final String kind;
    private final Function<ObjectNode, Optional<WantedDelivery>> reader;
    private final Consumer<DeliveryId> changed;
    private final Set<DeliveryId> unseen = new HashSet<>();

    /**
     * @param reader says what an object wants; empty where nothing can be done for it
     * @param changed told each delivery of which something changed that concerns rendering
     */
    DeliverySink(
            Deliveries deliveries,
            String cluster,
            String kind,
            Function<ObjectNode, Optional<WantedDelivery>> reader,
            Consumer<DeliveryId> changed) {
        this.deliveries = deliveries;
        this.cluster = cluster;
        this.kind = kind;
        this.reader = reader;
        this.changed = changed;
    }

    @Override
    public void begin() {
        unseen.clear();
        unseen.addAll(deliveries.ids(kind));
    }

    @Override
    public void present(ObjectNode object) {
        Optional<WantedDelivery> wanted = reader.apply(object);
        if (wanted.isPresent()) {
            unseen.remove(wanted.get().id());
            if (deliveries.put(wanted.get())) {
                changed.accept(wanted.get().id());
            }
        }
    }

    @Override
    public void complete() {
        Set.copyOf(unseen).forEach(this::forget);
        unseen.clear();
    }

    @Override
    public void gone(ObjectNode object) {
        ObjectMeta metadata = ObjectMeta.of(object.path("metadata"));
        forget(new DeliveryId(cluster, kind, metadata.namespace(), metadata.name()));
    }

    private void forget(DeliveryId id) {
        deliveries.remove(id);
        changed.accept(id);
    }
}
