package dev.sluice.cli.letters;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * A record that could not be read.
 *
 * @param record as it lies among the dead letters
 */
public record DeadLetter(ConsumerRecord<byte[], byte[]> record) {

    static final String PREFIX = "dead-letter-";

    /** {@code partition/offset}: its place among the dead letters. */
    public String id() {
        return record.partition() + "/" + record.offset();
    }

    public Instant at() {
        return Instant.ofEpochMilli(record.timestamp());
    }

    /** Who could not read it. */
    public String stage() {
        return text("stage");
    }

    public String reason() {
        return text("reason");
    }

    /** Where it came from. */
    public String topic() {
        return text("topic");
    }

    /** Its place there: {@code partition/offset}. */
    public String place() {
        return text("partition") + '/' + text("offset");
    }

    public String key() {
        return record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
    }

    /** Of a note that a letter was put back: which one. */
    Optional<String> retried() {
        String id = text("retried");
        return id.isEmpty() ? Optional.empty() : Optional.of(id);
    }

    private String text(String name) {
        Header header = record.headers().lastHeader(PREFIX + name);
        return header == null || header.value() == null
                ? ""
                : new String(header.value(), StandardCharsets.UTF_8);
    }
}
