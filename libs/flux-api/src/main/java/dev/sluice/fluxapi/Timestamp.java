package dev.sluice.fluxapi;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;

/**
 * A moment as Kubernetes writes it: RFC 3339 in UTC, to the second ({@code 2026-01-31T09:30:00Z}).
 * What is below the second is cut off, as the API server does.
 */
public record Timestamp(Instant instant) implements Comparable<Timestamp> {

    public Timestamp {
        instant = instant.truncatedTo(ChronoUnit.SECONDS);
    }

    /**
     * Reads RFC 3339 with any offset.
     *
     * @throws java.time.format.DateTimeParseException if the text is none
     */
    @JsonCreator
    public static Timestamp parse(String text) {
        return new Timestamp(OffsetDateTime.parse(text).toInstant());
    }

    @Override
    public int compareTo(Timestamp other) {
        return instant.compareTo(other.instant);
    }

    @Override
    @JsonValue
    public String toString() {
        return instant.toString();
    }
}
