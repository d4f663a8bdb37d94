package dev.sluice.audit;

import dev.sluice.audit.LoggedRecord.Header;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A topic of four partitions in memory, with a writer, that can be tampered with. */
final class SealedLog {

    private static final int PARTITIONS = 4;

    private final String topic;
    private final String producer;
    private final ServiceKey key;
    private final String runs;
    private final List<LoggedRecord> records = new ArrayList<>();
    private final Map<Integer, Long> firstOffsets = new HashMap<>();
    private final Map<Integer, Long> offsets = new HashMap<>();
    private Chain chain;
    private int run;
    private int written;

    SealedLog(String topic, String producer, ServiceKey key) {
        this(topic, producer, key, "run");
    }

    SealedLog(String topic, String producer, ServiceKey key, String runs) {
        this.runs = runs;
        this.topic = topic;
        this.producer = producer;
        this.key = key;
        restart();
    }

    List<LoggedRecord> records() {
        return records;
    }

    void restart() {
        Map<Integer, LoggedRecord> heads = new HashMap<>();
        records.forEach(record -> heads.put(record.partition(), record));
        chain = new Chain(topic, key, runs + ++run, PARTITIONS, heads);
    }

    void write(int count) {
        for (int i = 0; i < count; i++) {
            write(true);
        }
    }

    void writeLost() {
        write(false);
    }

    void remove(int index) {
        records.remove(index);
    }

    void replace(int index, LoggedRecord record) {
        records.set(index, record);
    }

    void add(LoggedRecord record) {
        records.add(record);
    }

    /** Retention: the oldest records are gone, and the log says so. */
    void expire(int count) {
        for (LoggedRecord gone : records.subList(0, count)) {
            firstOffsets.put(gone.partition(), gone.offset() + 1);
        }
        records.subList(0, count).clear();
    }

    VerificationReport verify() {
        return verify(TrustedKeys.none());
    }

    VerificationReport verify(TrustedKeys trusted) {
        Verification verification = new Verification(trusted);
        for (int partition = 0; partition < PARTITIONS; partition++) {
            int wanted = partition;
            verification.begins(topic, partition, firstOffsets.getOrDefault(partition, 0L));
            records.stream()
                    .filter(record -> record.partition() == wanted)
                    .forEach(verification::record);
        }
        return verification.report();
    }

    private void write(boolean reachesTheBroker) {
        int number = ++written;
        String recordKey = "plant/Kustomization/apps/app-" + number % 13;
        String id = "event-" + number;
        byte[] body = ("{\"number\":" + number + "}").getBytes(StandardCharsets.UTF_8);
        List<Header> headers =
                List.of(
                        Header.of("ce_id", id),
                        Header.of("ce_source", producer),
                        Header.of("ce_time", "2026-01-01T00:00:00Z"));
        chain.append(
                recordKey,
                id,
                headers,
                body,
                seal -> {
                    if (!reachesTheBroker) {
                        return;
                    }
                    records.add(
                            new LoggedRecord(
                                    topic,
                                    seal.partition(),
                                    offsets.merge(seal.partition(), 1L, Long::sum) - 1,
                                    Instant.EPOCH,
                                    recordKey,
                                    seal.headers(),
                                    body));
                    sealed = seal;
                });
        if (reachesTheBroker) {
            chain.written(sealed, records.getLast().offset());
        } else {
            chain.append(recordKey, id, headers, body, seal -> sealed = seal);
            chain.lost(new Seal(sealed.partition(), sealed.number() - 1, List.of()));
            chain.lost(sealed);
        }
    }

    private Seal sealed;

    static LoggedRecord at(LoggedRecord record, long offset) {
        return new LoggedRecord(
                record.topic(),
                record.partition(),
                offset,
                record.at(),
                record.key(),
                record.headers(),
                record.body());
    }

    static LoggedRecord with(LoggedRecord record, byte[] body) {
        return new LoggedRecord(
                record.topic(),
                record.partition(),
                record.offset(),
                record.at(),
                record.key(),
                record.headers(),
                body);
    }

    static LoggedRecord withHeader(LoggedRecord record, String name, String value) {
        List<Header> headers = new ArrayList<>(record.headers());
        headers.replaceAll(header -> header.name().equals(name) ? Header.of(name, value) : header);
        return new LoggedRecord(
                record.topic(),
                record.partition(),
                record.offset(),
                record.at(),
                record.key(),
                headers,
                record.body());
    }
}
