package dev.sluice.audit;

import dev.sluice.events.Topic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The reader's half: takes all records of a log, each partition in its order, and tells what was
 * changed, taken out, or put elsewhere since it was written.
 *
 * <p>History topics are verified fully. Of state topics Kafka itself takes records out
 * (compaction), so what is missing there is not told; all else is.
 */
public final class Verification implements LogVisitor {

    private static final HexFormat HEX = HexFormat.of();
    private static final Set<String> STATE =
            Arrays.stream(Topic.values())
                    .filter(topic -> topic.kind() == Topic.Kind.STATE)
                    .map(Topic::topicName)
                    .collect(Collectors.toUnmodifiableSet());

    /** One run's records in one partition. */
    private record Strand(String topic, String producer, String run, int partition) {}

    /** Somebody says that a strand goes up to there. */
    private record Claim(long number, Entry by) {}

    private final TrustedKeys trusted;
    private final Map<Strand, RunCheck> strands = new LinkedHashMap<>();
    private final Map<Strand, Claim> claims = new HashMap<>();
    private final Map<String, Long> firstOffsets = new HashMap<>();
    private final Set<String> producersSeen = new HashSet<>();
    private final Set<String> partitionsWithSeals = new HashSet<>();
    private final Map<String, Set<String>> keysUsed = new TreeMap<>();
    private final List<Finding> findings = new ArrayList<>();
    private long records;
    private long signed;
    private long unsigned;

    public Verification(TrustedKeys trusted) {
        this.trusted = trusted;
    }

    @Override
    public void begins(String topic, int partition, long offset) {
        firstOffsets.put(topic + '-' + partition, offset);
    }

    @Override
    public void damaged(String place, String why) {
        findings.add(new Finding(Finding.Kind.CHANGED, place, "", "", why));
    }

    @Override
    public void record(LoggedRecord record) {
        if (record.topic().equals(Topic.DEAD_LETTERS.topicName())) {
            return;
        }
        records++;
        String signature = record.header(Seal.SIGNATURE);
        String partition = record.topic() + '-' + record.partition();
        if (signature.isEmpty()) {
            unsigned++;
            if (partitionsWithSeals.contains(partition)) {
                findings.add(
                        finding(
                                record,
                                Finding.Kind.UNSIGNED,
                                "nobody has signed it: no service of Sluice wrote it"));
            }
            return;
        }
        partitionsWithSeals.add(partition);
        check(record, signature);
    }

    /** What was found; call it once, after the last record. */
    public VerificationReport report() {
        strands.forEach((strand, check) -> {
            findings.addAll(check.findings());
            if (!STATE.contains(strand.topic())) {
                checkStart(strand, check);
            }
        });
        claims.forEach((strand, claim) -> checkEnd(strand, claim));
        return new VerificationReport(records, signed, unsigned, keysUsed, findings);
    }

    private void check(LoggedRecord record, String signature) {
        byte[] digest = RecordDigest.of(record);
        boolean intact = ServiceKey.verifies(signature, digest);
        String key = ServiceKey.keyOf(signature);
        if (!intact) {
            findings.add(
                    finding(
                            record,
                            Finding.Kind.CHANGED,
                            "it is not what its writer signed: body, headers or key were changed"));
        } else {
            signed++;
            keysUsed.computeIfAbsent(record.producer(), _ -> new TreeSet<>()).add(key);
            if (!trusted.knows(record.producer(), key)) {
                findings.add(
                        finding(
                                record,
                                Finding.Kind.UNKNOWN_KEY,
                                "it is signed by "
                                        + key
                                        + ", which is no key of "
                                        + record.producer()));
            }
        }
        try {
            Link link = Link.parse(record.header(Seal.CHAIN));
            place(
                    record,
                    new Entry(
                            link,
                            record.place(),
                            record.key(),
                            record.event(),
                            intact ? HEX.formatHex(digest) : ""));
        } catch (IllegalArgumentException e) {
            if (intact) {
                findings.add(finding(record, Finding.Kind.CHANGED, "it has no place in a chain"));
            }
        }
    }

    private void place(LoggedRecord record, Entry entry) {
        Link link = entry.link();
        if (link.partition() != record.partition() && !entry.digest().isEmpty()) {
            findings.add(
                    entry.finding(
                            Finding.Kind.REORDERED,
                            "it was written to partition " + link.partition()));
        }
        Strand strand = new Strand(record.topic(), record.producer(), link.run(), link.partition());
        strands.computeIfAbsent(strand, this::begin).take(entry);
        if (!entry.digest().isEmpty()) {
            link.seen()
                    .forEach((partition, number) ->
                            claims.merge(
                                    new Strand(
                                            strand.topic(),
                                            strand.producer(),
                                            strand.run(),
                                            partition),
                                    new Claim(number, entry),
                                    (a, b) -> a.number() >= b.number() ? a : b));
        }
    }

    /** A run goes back to its start in this log if the log does, or if a run before it is there. */
    private RunCheck begin(Strand strand) {
        boolean another =
                !producersSeen.add(
                        strand.topic() + '-' + strand.partition() + ' ' + strand.producer());
        return new RunCheck(STATE.contains(strand.topic()), another || isWhole(strand));
    }

    private boolean isWhole(Strand strand) {
        return firstOffsets.getOrDefault(strand.topic() + '-' + strand.partition(), 0L) == 0;
    }

    /** A run's first record names the last one of the run before. */
    private void checkStart(Strand strand, RunCheck check) {
        Entry first = check.first();
        if (first == null || first.number() != 1 || first.previous() == null) {
            return;
        }
        Link.Previous previous = first.previous();
        RunCheck before =
                strands.get(
                        new Strand(
                                strand.topic(),
                                strand.producer(),
                                previous.run(),
                                strand.partition()));
        if (before == null ? isWhole(strand) : before.highest() < previous.number()) {
            findings.add(
                    new Finding(
                            Finding.Kind.MISSING,
                            first.place(),
                            "",
                            previous.event(),
                            "the last records of run %s are missing: it went up to number %d"
                                    .formatted(previous.run(), previous.number())));
        } else if (before != null
                && before.highest() == previous.number()
                && !before.lastDigest().isEmpty()
                && !before.lastDigest().equals(previous.digest())) {
            findings.add(
                    new Finding(
                            Finding.Kind.CHANGED,
                            first.place(),
                            "",
                            previous.event(),
                            "its digest is not the one that the next run has of it"));
        }
    }

    private void checkEnd(Strand strand, Claim claim) {
        RunCheck check = strands.get(strand);
        long highest = check == null ? 0 : check.highest();
        if (highest < claim.number()
                && !STATE.contains(strand.topic())
                && (check != null || isWhole(strand))) {
            findings.add(
                    new Finding(
                            Finding.Kind.MISSING,
                            strand.topic() + '-' + strand.partition(),
                            "",
                            "",
                            "the last records of run %s are missing: numbers %d to %d; %s says that they were written"
                                    .formatted(
                                            strand.run(),
                                            highest + 1,
                                            claim.number(),
                                            claim.by().place())));
        }
    }

    private static Finding finding(LoggedRecord record, Finding.Kind kind, String message) {
        return new Finding(kind, record.place(), record.key(), record.event(), message);
    }
}
