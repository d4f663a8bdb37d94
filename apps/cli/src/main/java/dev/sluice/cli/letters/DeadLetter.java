package dev.sluice.cli.letters;

import dev.sluice.audit.Seal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * A record that could not be read.
 *
 * @param record as it lies among the dead letters
 */
public record DeadLetter(ConsumerRecord<byte[], byte[]> record) {

    static final String PREFIX = "dead-letter-";
    private static final Set<String> SEALS = Set.of(Seal.CHAIN, Seal.SIGNATURE);

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

    /** The headers that the record had, its seal among them and not the letter's. */
    Headers originalHeaders() {
        Headers original = new RecordHeaders();
        for (Header header : record.headers()) {
            String name = header.key();
            if (SEALS.contains(name)) {
                continue;
            }
            if (!name.startsWith(PREFIX)) {
                original.add(header);
            } else if (SEALS.contains(name.substring(PREFIX.length()))) {
                original.add(name.substring(PREFIX.length()), header.value());
            }
        }
        return original;
    }

    private String text(String name) {
        Header header = record.headers().lastHeader(PREFIX + name);
        return header == null || header.value() == null
                ? ""
                : new String(header.value(), StandardCharsets.UTF_8);
    }
}
