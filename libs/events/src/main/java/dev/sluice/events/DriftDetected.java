package dev.sluice.events;

import java.util.List;

/**
 * Objects are not as they were applied, and something other than the applier did it.
 *
 * @param position of the apply that they are compared with
 */
public record DriftDetected(DeliveryId delivery, Position position, List<DriftedObject> objects)
        implements DeliveryEvent {

    public DriftDetected {
        objects = List.copyOf(objects);
    }
}
