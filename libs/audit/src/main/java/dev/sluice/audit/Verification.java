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
import org.jspecify.annotations.Nullable;

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

    private static final int AT_ONCE = 512;

    /** Of records that nobody has signed so many are named. */
    private static final int UNSIGNED_NAMED = 100;

    /** Somebody says that a strand goes up to there. */
    private record Claim(long number, Entry by) {}

    /** A record with what can be said of it alone. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Checked(LoggedRecord record, String signature, byte[] digest, boolean intact) {}

    private final TrustedKeys trusted;
    private final Signatures signatures = new Signatures();
    private final List<LoggedRecord> waiting = new ArrayList<>();
    private final Map<Strand, RunCheck> strands = new LinkedHashMap<>();
    private final Map<Strand, Set<Long>> changed = new HashMap<>();
    private final Map<Strand, Claim> claims = new HashMap<>();
    private final Map<String, Long> firstOffsets = new HashMap<>();
    private final Set<String> producersSeen = new HashSet<>();
    private final Map<String, Set<String>> keysUsed = new TreeMap<>();
    private final List<Finding> findings = new ArrayList<>();
    private final Holes holes = new Holes();
    private final Homes homes = new Homes();
    private final Offsets offsets = new Offsets();
    private long records;
    private long signed;
    private long unsigned;

    public Verification(TrustedKeys trusted) {
        this.trusted = trusted;
    }

    @Override
    public void begins(String topic, int partition, long offset) {
        firstOffsets.put(topic + '-' + partition, offset);
        homes.has(topic, partition);
    }

    @Override
    public void absent(Span span) {
        if (!STATE.contains(span.topic())) {
            holes.absent(span);
        }
    }

    @Override
    public void late(Span span) {
        holes.late(span);
    }

    @Override
    public void damaged(Span span, String why) {
        holes.damaged(span, why);
    }

    @Override
    public void record(LoggedRecord record) {
        records++;
        waiting.add(record);
        if (waiting.size() >= AT_ONCE) {
            checkWaiting();
        }
    }

    /** Signatures take nearly all the time, and are independent of one another. */
    private void checkWaiting() {
        List<Checked> checked = waiting.parallelStream().map(this::check).toList();
        waiting.clear();
        checked.forEach(this::take);
    }

    private Checked check(LoggedRecord record) {
        byte[] digest = RecordDigest.of(record);
        String signature = record.header(Seal.SIGNATURE);
        boolean intact = !signature.isEmpty() && signatures.verifies(signature, digest);
        return new Checked(record, signature, digest, intact);
    }

    /** What was found; call it once, after the last record. */
    public VerificationReport report() {
        checkWaiting();
        strands.forEach((strand, check) -> {
            check.takeChanged(changed.getOrDefault(strand, Set.of()));
            findings.addAll(
                    check.findings(new MissingRecords(offsets.unseen(strand), holes), offsets));
            if (!STATE.contains(strand.topic())) {
                checkStart(strand, check);
            }
        });
        claims.forEach(this::checkEnd);
        findings.addAll(homes.findings());
        Set<String> known = new HashSet<>();
        findings.forEach(finding -> known.add(finding.place()));
        offsets.findings().stream()
                .filter(finding -> !known.contains(finding.place()))
                .forEach(findings::add);
        findings.addAll(holes.unexplained(findings));
        return new VerificationReport(
                records, signed, unsigned, keysUsed, new TreeMap<>(firstOffsets), findings);
    }

    private void take(Checked checked) {
        LoggedRecord record = checked.record;
        if (checked.signature.isEmpty()) {
            unsigned(record);
            return;
        }
        Link link = link(record);
        if (!checked.intact) {
            findings.add(
                    Finding.of(
                            record,
                            Finding.Kind.CHANGED,
                            "it is not what its writer signed: body, headers or key were changed"));
            if (link != null) {
                changed.computeIfAbsent(Strand.of(record, link), _ -> new HashSet<>())
                        .add(link.number());
            }
            return;
        }
        checkKey(record, checked.signature);
        if (link == null) {
            findings.add(Finding.of(record, Finding.Kind.CHANGED, "it has no place in a chain"));
        } else {
            place(record, Entry.of(record, link, HEX.formatHex(checked.digest)));
        }
    }

    private void unsigned(LoggedRecord record) {
        unsigned++;
        // Among dead letters lies what strangers wrote, and the notes of those who put it back.
        if (unsigned <= UNSIGNED_NAMED && !record.topic().equals(Topic.DEAD_LETTERS.topicName())) {
            findings.add(
                    Finding.of(
                            record,
                            Finding.Kind.UNSIGNED,
                            "nobody has signed it: no service of Sluice wrote it"));
        }
    }

    private void checkKey(LoggedRecord record, String signature) {
        signed++;
        String key = ServiceKey.keyOf(signature);
        keysUsed.computeIfAbsent(record.producer(), _ -> new TreeSet<>()).add(key);
        if (!trusted.knows(record.producer(), key)) {
            findings.add(
                    Finding.of(
                            record,
                            Finding.Kind.UNKNOWN_KEY,
                            "it is signed by "
                                    + key
                                    + ", which is no key of "
                                    + record.producer()));
        }
    }

    /** What the record says of its place; null where it is nothing that a service writes. */
    private static @Nullable Link link(LoggedRecord record) {
        try {
            return Link.parse(record.header(Seal.CHAIN));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private void place(LoggedRecord record, Entry entry) {
        Link link = entry.link();
        Strand strand = Strand.of(record, link);
        homes.take(entry);
        offsets.take(strand, entry);
        strands.computeIfAbsent(strand, this::begin).take(entry);
        link.seen()
                .forEach((partition, number) ->
                        claims.merge(
                                strand.inPartition(partition),
                                new Claim(number, entry),
                                (a, b) -> a.number() >= b.number() ? a : b));
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
        Strand earlier = strand.inRun(previous.run());
        RunCheck before = strands.get(earlier);
        if (before == null ? isWhole(strand) : before.highest() < previous.number()) {
            findings.add(
                    new Finding(
                            Finding.Kind.MISSING,
                            first.topic(),
                            first.partition(),
                            offsets.unseen(earlier).getOrDefault(previous.number(), first.offset()),
                            previous.key(),
                            previous.event(),
                            "the last records of run %s are missing: it went up to number %d, which was this one"
                                    .formatted(previous.run(), previous.number())));
        } else if (before != null
                && before.highest() == previous.number()
                && !before.lastDigest().isEmpty()
                && !before.lastDigest().equals(previous.digest())) {
            findings.add(
                    new Finding(
                            Finding.Kind.CHANGED,
                            first.topic(),
                            first.partition(),
                            before.lastOffset(),
                            previous.key(),
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
                            strand.topic(),
                            strand.partition(),
                            holes.firstAfter(
                                    strand.topic(),
                                    strand.partition(),
                                    check == null ? -1 : check.lastOffset()),
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
}
