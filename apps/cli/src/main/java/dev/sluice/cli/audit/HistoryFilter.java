package dev.sluice.cli.audit;

import dev.sluice.audit.LoggedRecord;
import dev.sluice.events.Commit;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to know of. Null leaves the question open.
 *
 * @param delivery {@code name}, {@code namespace/name} or {@code Kind/namespace/name}
 * @param object as {@code delivery}, of an object that an event names
 * @param source as {@code delivery}
 * @param commit the beginning of a commit's digest, or any part of a revision
 * @param author a part of it, in any case
 * @param kind of event, or its first word
 */
public record HistoryFilter(
        @Nullable String cluster,
        @Nullable String delivery,
        @Nullable String object,
        @Nullable String source,
        @Nullable String commit,
        @Nullable String author,
        @Nullable String kind,
        @Nullable Instant from,
        @Nullable Instant to) {

    /** Whether it may be one of those, by what its record says of itself. */
    public boolean mayTake(LoggedRecord record) {
        return kind == null || record.header("ce_type").contains('.' + kind + '.');
    }

    /** Whether the event is one of those. */
    public boolean takes(Happening happening, History history) {
        return within(happening.time())
                && (cluster == null || cluster.equals(happening.cluster()))
                && (kind == null
                        || happening.kind().equals(kind)
                        || happening.kind().startsWith(kind + "."))
                && (delivery == null || isKey(happening.key(), delivery))
                && (source == null
                        || (happening.source() != null && isKey(happening.source(), source)))
                && (object == null
                        || happening.objects().stream().anyMatch(name -> isName(name, object)))
                && takesCommit(happening, history);
    }

    private boolean within(Instant time) {
        return (from == null || !time.isBefore(from)) && (to == null || !time.isAfter(to));
    }

    private boolean takesCommit(Happening happening, History history) {
        if (commit == null && author == null) {
            return true;
        }
        Optional<Commit> known = history.commit(happening);
        boolean bySha =
                commit == null
                        || known.filter(c -> c.sha().startsWith(commit)).isPresent()
                        || (happening.revision() != null && happening.revision().contains(commit));
        boolean byAuthor =
                author == null
                        || known.filter(c ->
                                        c.author()
                                                .toLowerCase(java.util.Locale.ROOT)
                                                .contains(
                                                        author.toLowerCase(java.util.Locale.ROOT)))
                                .isPresent();
        return bySha && byAuthor;
    }

    /** A key is {@code cluster/Kind/namespace/name}. */
    public static boolean isKey(String key, String asked) {
        return key.equals(asked) || isName(key.substring(key.indexOf('/') + 1), asked);
    }

    private static boolean isName(String name, String asked) {
        return name.equalsIgnoreCase(asked)
                || name.toLowerCase(java.util.Locale.ROOT)
                        .endsWith('/' + asked.toLowerCase(java.util.Locale.ROOT));
    }
}
