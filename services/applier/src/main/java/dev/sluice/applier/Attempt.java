package dev.sluice.applier;

import dev.sluice.events.DeliveryFailed;
import dev.sluice.events.DeliveryRevealed;
import dev.sluice.events.Position;
import dev.sluice.events.SourceRevision;
import org.jspecify.annotations.Nullable;

/**
 * What a status is about: one delivery at one position.
 *
 * @param source what is tried; absent where no source was found
 * @param requestedAt the request that the position answers; absent where there was none
 * @param budget of the object, whose timeout the texts name
 */
record Attempt(
        Position position,
        @Nullable SourceRevision source,
        @Nullable String requestedAt,
        Budget budget) {

    static Attempt of(DeliveryRevealed event, Budget budget) {
        return new Attempt(event.position(), event.source(), event.requestedAt(), budget);
    }

    static Attempt of(DeliveryFailed event, Budget budget) {
        return new Attempt(event.position(), event.source(), event.requestedAt(), budget);
    }

    /** The revision; empty where no source was found. */
    String revision() {
        return source == null ? "" : source.revision();
    }

    @Nullable String originRevision() {
        return source == null ? null : source.originRevision();
    }
}
