package dev.sluice.cli.audit;

import dev.sluice.audit.LoggedRecord;
import dev.sluice.audit.log.RecordLog;
import dev.sluice.events.Commit;
import dev.sluice.events.EventCodec;
import dev.sluice.events.SourceChanged;
import dev.sluice.events.Topic;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What a log tells, with what led to what. It keeps which event caused which and who wrote which
 * revision, and reads the log again for what is asked: a log of years need not fit into memory.
 */
public final class History {

    /** What happened; what is put away unread did not. */
    static final List<Topic> TOPICS =
            Arrays.stream(Topic.values())
                    .filter(topic -> topic.kind() == Topic.Kind.HISTORY)
                    .filter(topic -> topic != Topic.DEAD_LETTERS)
                    .toList();

    private static final String PUSH = EventCodec.ceType(EventCodec.wordOf(SourceChanged.class));

    /** No chain of ours is longer. */
    private static final int LONGEST = 100;

    private final RecordLog log;
    private final CauseIndex causes = new CauseIndex();
    private final Map<String, Commit> byRevision = new HashMap<>();
    private final Map<EventKey, Commit> byPush = new HashMap<>();

    private History(RecordLog log) {
        this.log = log;
    }

    /** Reads the ids of all events. */
    public static History of(RecordLog log) throws IOException {
        History history = new History(log);
        log.read(TOPICS, history::index);
        return history;
    }

    private void index(LoggedRecord record) {
        if (record.body() == null || !record.header(EventCodec.REPLAY).isEmpty()) {
            return;
        }
        EventKey id = EventKey.of(record.event());
        String cause = record.header("ce_causationid");
        causes.put(id, cause.isEmpty() ? id : EventKey.of(cause));
        if (record.header("ce_type").equals(PUSH)
                && Happening.of(record).map(Happening::event).orElse(null)
                        instanceof SourceChanged changed
                && changed.commit() != null) {
            byPush.put(id, changed.commit());
            byRevision.put(changed.key() + ' ' + changed.artifact().revision(), changed.commit());
        }
    }

    /**
     * Reads the log again, topic by topic. What has come since the first time is left out, and so
     * is what was replayed.
     *
     * @param wanted asked before a record is parsed
     */
    public void read(Predicate<LoggedRecord> wanted, Consumer<Happening> taker) throws IOException {
        log.read(
                TOPICS,
                record -> {
                    if (wanted.test(record) && causes.contains(EventKey.of(record.event()))) {
                        Happening.of(record).ifPresent(taker);
                    }
                });
    }

    /** The events whose id begins so; the one alone that has exactly this id. */
    public List<Happening> find(String id) throws IOException {
        List<Happening> found = new ArrayList<>();
        read(record -> record.event().startsWith(id), found::add);
        List<Happening> exact =
                found.stream().filter(happening -> happening.id().equals(id)).toList();
        return exact.isEmpty() ? found : exact;
    }

    /** What led to it, the first cause first. */
    public List<Happening> causes(Happening of) throws IOException {
        List<EventKey> before = chain(of).subList(1, chain(of).size()).reversed();
        return these(before).stream()
                .sorted(Comparator.comparingInt(cause -> before.indexOf(EventKey.of(cause.id()))))
                .toList();
    }

    /** The event itself and all that it led to, in the order of time. */
    public List<Happening> effects(Happening of) throws IOException {
        return these(causes.effects(EventKey.of(of.id())));
    }

    private List<Happening> these(Collection<EventKey> ids) throws IOException {
        Set<EventKey> wanted = new HashSet<>(ids);
        List<Happening> found = new ArrayList<>();
        read(record -> wanted.contains(EventKey.of(record.event())), found::add);
        found.sort(Happening.BY_TIME);
        return found;
    }

    /** Who wrote what it is about, and why: by its revision, or by the push that set it off. */
    public Optional<Commit> commit(Happening happening) {
        Commit known = byRevision.get(happening.source() + " " + happening.revision());
        if (known != null) {
            return Optional.of(known);
        }
        for (EventKey cause : chain(happening)) {
            Commit pushed = byPush.get(cause);
            if (pushed != null) {
                return Optional.of(pushed);
            }
        }
        return Optional.empty();
    }

    /** The event, its cause, the cause of that, up to the first that the log has. */
    private List<EventKey> chain(Happening of) {
        List<EventKey> chain = new ArrayList<>();
        EventKey at = EventKey.of(of.id());
        while (at != null && chain.size() < LONGEST && !chain.contains(at)) {
            chain.add(at);
            at = causes.cause(at);
        }
        return chain;
    }
}
