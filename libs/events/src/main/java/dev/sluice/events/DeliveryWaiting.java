package dev.sluice.events;

import java.util.List;

/**
 * A delivery is held up by something that is not there yet: a dependency, a health check, a
 * maintenance window.
 *
 * @param waitingFor what it waits for, as {@code Kind/namespace/name}
 */
public record DeliveryWaiting(
        DeliveryId delivery,
        Position position,
        Reason reason,
        String message,
        List<String> waitingFor)
        implements DeliveryEvent {

    public DeliveryWaiting {
        waitingFor = List.copyOf(waitingFor);
    }
}
