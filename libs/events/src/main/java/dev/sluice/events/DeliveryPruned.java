package dev.sluice.events;

import java.util.List;

/**
 * Objects were deleted since the delivery no longer wants them, or since it was deleted itself.
 *
 * @param objects as {@code Kind/namespace/name}
 * @param why for example {@code removed from the source} or {@code the Kustomization was deleted}
 */
public record DeliveryPruned(
        DeliveryId delivery, Position position, List<String> objects, String why)
        implements DeliveryEvent {

    public DeliveryPruned {
        objects = List.copyOf(objects);
    }
}
