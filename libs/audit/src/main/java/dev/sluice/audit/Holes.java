package dev.sluice.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Where a log directory has no records, or none that can be read. Mostly the chain knows which they
 * were; what it does not know of is told as it is.
 */
final class Holes {

    private record Damage(Span span, String why) {}

    private final List<Span> absent = new ArrayList<>();
    private final List<Span> late = new ArrayList<>();
    private final List<Damage> damages = new ArrayList<>();

    void absent(Span span) {
        absent.add(span);
    }

    void late(Span span) {
        late.add(span);
    }

    void damaged(Span span, String why) {
        damages.add(new Damage(span, why));
    }

    /** The first offset without a readable record between two others of a partition. */
    OptionalLong between(String topic, int partition, long after, long before) {
        return Stream.concat(absent.stream(), damages.stream().map(Damage::span))
                .filter(span -> span.topic().equals(topic) && span.partition() == partition)
                .filter(span -> span.to() > after && span.from() < before)
                .mapToLong(span -> Math.max(span.from(), after + 1))
                .min();
    }

    /** The first such offset behind a record; the one after it where there is none. */
    long firstAfter(String topic, int partition, long offset) {
        return between(topic, partition, offset, Long.MAX_VALUE).orElse(offset + 1);
    }

    /** What else is to be told, besides what was found by now. */
    List<Finding> unexplained(List<Finding> found) {
        List<Finding> findings = new ArrayList<>();
        for (Damage damage : damages) {
            if (isOpen(damage.span, found)) {
                findings.add(
                        finding(
                                Finding.Kind.CHANGED,
                                damage.span,
                                "%s: %s".formatted(damage.span.text(), damage.why)));
            }
        }
        for (Span span : absent) {
            if (isOpen(span, found) && missing(span, found) < span.to() - span.from() + 1) {
                findings.add(
                        finding(
                                Finding.Kind.MISSING,
                                span,
                                span.text() + " had records, and nothing is there"));
            }
        }
        for (Span span : late) {
            if (isOpen(span, found) && !knowsWho(span, found)) {
                findings.add(
                        finding(
                                Finding.Kind.REORDERED,
                                span,
                                span.text() + " lie behind others with later offsets"));
            }
        }
        return findings;
    }

    /** Behind one that was moved here all seem late; the chains know which it was. */
    private static boolean knowsWho(Span span, List<Finding> found) {
        return found.stream()
                .filter(finding -> finding.kind() == Finding.Kind.REORDERED)
                .filter(finding -> finding.topic().equals(span.topic()))
                .anyMatch(finding -> finding.partition() == span.partition());
    }

    private static boolean isOpen(Span span, List<Finding> found) {
        return found.stream()
                .noneMatch(finding ->
                        span.holds(finding.topic(), finding.partition(), finding.offset()));
    }

    /** Where others have moved up, what was taken out leaves its hole at the end. */
    private static long missing(Span span, List<Finding> found) {
        return found.stream()
                .filter(finding -> finding.kind() == Finding.Kind.MISSING)
                .filter(finding -> finding.topic().equals(span.topic()))
                .filter(finding -> finding.partition() == span.partition())
                .count();
    }

    private static Finding finding(Finding.Kind kind, Span span, String message) {
        return new Finding(kind, span.topic(), span.partition(), span.from(), "", "", message);
    }
}
