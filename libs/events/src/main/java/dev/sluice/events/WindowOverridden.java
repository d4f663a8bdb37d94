package dev.sluice.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An urgent change is applied although the maintenance windows of its delivery are closed.
 *
 * @param by {@code commit}: a trailer of the commit says so; {@code annotation}: one of the object
 * @param why the value of the trailer or the annotation
 * @param opens when the windows would have opened; absent where no such time is known
 */
public record WindowOverridden(
        DeliveryId delivery,
        Position position,
        SourceRevision source,
        String by,
        String why,
        @Nullable Instant opens)
        implements DeliveryEvent {}
