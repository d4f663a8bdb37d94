package dev.sluice.events;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A stage could not go on. Travels the same road as a success, in its place, and ends in the
 * object's {@code Ready} condition.
 *
 * @param position of the attempt; generation and source as far as they were known
 * @param source what was tried, where a source was found
 * @param message what was wrong, where, and what to do; never a secret
 * @param retryAt when the stage tries again by itself; absent where it waits for a change
 */
public record DeliveryFailed(
        DeliveryId delivery,
        Position position,
        @Nullable SourceRevision source,
        @Nullable JsonNode spec,
        @Nullable String requestedAt,
        Stage stage,
        Reason reason,
        String message,
        @Nullable Instant retryAt)
        implements DeliveryEvent {}
