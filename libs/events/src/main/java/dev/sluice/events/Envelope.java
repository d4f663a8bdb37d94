package dev.sluice.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event with what CloudEvents says about it.
 *
 * @param id unique, and in the order of time, so that a log of ids reads in order
 * @param producer the service that wrote it, for example {@code sluice/renderer}
 * @param cause id of the event that this one follows from; its own id where it is the first
 * @param correlation id of the first cause, for example of a push
 * @param traceparent W3C trace context, where there is one
 */
public record Envelope<E extends Event>(
        String id,
        Instant time,
        String producer,
        String cause,
        String correlation,
        @Nullable String traceparent,
        E event) {}
