package dev.sluice.events;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cluster has what the delivery wants. On the state topic it is what the applier and the drift
 * detector start from.
 *
 * @param content of the bundle that was applied, see {@link DeliveryRevealed#content}
 * @param objects every object of the inventory
 * @param changes what this apply did, unchanged objects left out
 * @param took how long it took
 * @param from what was applied to the end last, as it was revealed: what drift is put right from
 *     while something newer fails; absent where nothing was yet
 */
public record DeliveryApplied(
        DeliveryId delivery,
        Position position,
        SourceRevision source,
        String content,
        List<AppliedObject> objects,
        List<ObjectChange> changes,
        Took took,
        @Nullable DeliveryRevealed from)
        implements DeliveryEvent {

    public DeliveryApplied {
        objects = List.copyOf(objects);
        changes = List.copyOf(changes);
    }

    /** The same apply, with objects that were put right since. */
    public DeliveryApplied with(List<AppliedObject> newer, List<ObjectChange> corrections) {
        return new DeliveryApplied(
                delivery, position, source, content, newer, corrections, took, from);
    }
}
