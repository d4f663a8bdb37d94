package dev.sluice.audit;

/**
 * Offsets of a partition that follow one another.
 *
 * @param to the last of them
 */
public record Span(String topic, int partition, long from, long to) {

    boolean holds(String topic, int partition, long offset) {
        return this.partition == partition
                && this.topic.equals(topic)
                && from <= offset
                && offset <= to;
    }

    /** As people say it. */
    String text() {
        return from == to ? "offset " + from : "offsets %d to %d".formatted(from, to);
    }
}
