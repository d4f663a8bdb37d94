package dev.sluice.cli.audit;

import dev.sluice.audit.LoggedRecord;
import dev.sluice.audit.log.RecordLog;
import dev.sluice.events.Commit;
import dev.sluice.events.Envelope;
import dev.sluice.events.Event;
import dev.sluice.events.EventCodec;
import dev.sluice.events.SourceChanged;
import dev.sluice.events.Topic;
import dev.sluice.events.UnreadableEventException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/** All that a log tells, in the order of time, with what led to what. */
public final class History {

    private static final List<Topic> TOPICS =
            Arrays.stream(Topic.values())
                    .filter(topic -> topic.kind() == Topic.Kind.HISTORY)
                    .filter(topic -> topic != Topic.DEAD_LETTERS)
                    .toList();

    private final List<Happening> all;
    private final Map<String, Happening> byId = new HashMap<>();
    private final Map<String, List<Happening>> byCause = new HashMap<>();
    private final Map<String, Commit> commits = new HashMap<>();
    private final int unreadable;

    private History(List<Happening> all, int unreadable) {
        this.all = List.copyOf(all);
        this.unreadable = unreadable;
        for (Happening happening : all) {
            byId.put(happening.id(), happening);
            if (!happening.envelope().cause().equals(happening.id())) {
                byCause.computeIfAbsent(happening.envelope().cause(), _ -> new ArrayList<>())
                        .add(happening);
            }
            if (happening.event() instanceof SourceChanged changed && changed.commit() != null) {
                commits.put(changed.key() + ' ' + changed.artifact().revision(), changed.commit());
            }
        }
    }

    /** Reads the history topics of a log. Replayed records are left out. */
    public static History read(RecordLog log) throws IOException {
        return read(log, _ -> true);
    }

    /**
     * Reads and keeps only what a question needs: a log of years need not fit into memory.
     *
     * @param needed what is to be kept
     */
    public static History read(RecordLog log, Predicate<Happening> needed) throws IOException {
        List<Happening> all = new ArrayList<>();
        int[] unreadable = new int[1];
        log.read(
                TOPICS,
                record -> {
                    try {
                        add(record, needed, all);
                    } catch (UnreadableEventException e) {
                        unreadable[0]++;
                    }
                });
        all.sort(Comparator.comparing(Happening::time).thenComparing(Happening::id));
        return new History(all, unreadable[0]);
    }

    private static void add(LoggedRecord record, Predicate<Happening> needed, List<Happening> all)
            throws UnreadableEventException {
        Envelope<Event> envelope = record.envelope();
        if (envelope != null && record.header(EventCodec.REPLAY).isEmpty()) {
            Happening happening = new Happening(record.topic(), envelope);
            if (needed.test(happening)) {
                all.add(happening);
            }
        }
    }

    /** Everything, the oldest first. */
    public List<Happening> all() {
        return all;
    }

    /** How many records were no events. */
    public int unreadable() {
        return unreadable;
    }

    /** The events whose id begins so. */
    public List<Happening> find(String id) {
        Happening exact = byId.get(id);
        return exact != null
                ? List.of(exact)
                : all.stream().filter(happening -> happening.id().startsWith(id)).toList();
    }

    /** What led to it, the first cause first. */
    public List<Happening> causes(Happening of) {
        List<Happening> causes = new ArrayList<>();
        Happening at = of;
        while (at != null && causes.size() < 100) {
            Happening before = byId.get(at.envelope().cause());
            if (before == null || before.equals(at) || causes.contains(before)) {
                break;
            }
            causes.addFirst(before);
            at = before;
        }
        return causes;
    }

    /** What it led to directly. */
    public List<Happening> effects(Happening of) {
        return byCause.getOrDefault(of.id(), List.of());
    }

    /** Who wrote what it is about, and why: by its revision, or by the push that set it off. */
    public Optional<Commit> commit(Happening happening) {
        Commit known = commits.get(happening.source() + " " + happening.revision());
        if (known != null) {
            return Optional.of(known);
        }
        return causes(happening).reversed().stream()
                .map(Happening::event)
                .filter(SourceChanged.class::isInstance)
                .map(event -> ((SourceChanged) event).commit())
                .filter(Objects::nonNull)
                .findFirst();
    }

    /** Who wrote a revision of a source. */
    public Optional<Commit> commit(String source, String revision) {
        return Optional.ofNullable(commits.get(source + ' ' + revision));
    }
}
