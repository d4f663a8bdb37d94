package dev.sluice.fetcher.source;

import dev.sluice.fluxapi.Artifact;
import dev.sluice.fluxapi.Metadata;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The source objects of the cluster as last seen: by the watch, or in the answer to our own write,
 * whichever is newer. Safe for use by many threads.
 */
public final class SourceTable {

    private final Map<SourceKey, Source<?>> latest = new ConcurrentHashMap<>();
    private final Map<SourceKey, Artifact> previous = new ConcurrentHashMap<>();
    private final Set<String> listed = ConcurrentHashMap.newKeySet();
    private final Function<Source<?>, List<SourceKey>> madeOf;

    /**
     * @param madeOf of which others a source is made
     */
    public SourceTable(Function<Source<?>, List<SourceKey>> madeOf) {
        this.madeOf = madeOf;
    }

    public Optional<Source<?>> get(SourceKey key) {
        return Optional.ofNullable(latest.get(key));
    }

    /** Says that all objects of a kind that were there at the start have been put. */
    public void listed(String kind) {
        listed.add(kind);
    }

    public boolean isListed(String kind) {
        return listed.contains(kind);
    }

    /**
     * Whether the cluster has no such object. One of a kind that has not been listed yet may be
     * there for all we know.
     */
    public boolean isGone(SourceKey key) {
        return isListed(key.kind()) && !latest.containsKey(key);
    }

    /** All that are known now. */
    public List<Source<?>> all() {
        return List.copyOf(latest.values());
    }

    /** The artifact that a source holds. */
    public Optional<Artifact> artifact(SourceKey key) {
        return get(key).map(Source::artifact);
    }

    /**
     * Takes an object.
     *
     * @return who has work now: the object itself where it is new, or has another spec, a request
     *     or a deletion (what only its status says is our own word); those that are made of it
     *     where it has another artifact
     */
    public Set<SourceKey> put(Source<?> source) {
        SourceKey key = source.key();
        Set<SourceKey> awake = new HashSet<>();
        Source<?> before = replace(key, source);
        if (before == null || isWork(before.metadata(), source.metadata())) {
            awake.add(key);
        }
        Artifact last = before == null ? null : before.artifact();
        if (before != null && !Objects.equals(last, source.artifact())) {
            if (last != null) {
                previous.put(key, last);
            }
            awake.addAll(madeOf(key));
        }
        return awake;
    }

    /** What was known before; the object itself if something newer is known. */
    private @Nullable Source<?> replace(SourceKey key, Source<?> source) {
        Source<?>[] before = new Source<?>[1];
        latest.compute(
                key,
                (same, known) -> {
                    boolean late = known != null && isNewer(known.metadata(), source.metadata());
                    before[0] = late ? source : known;
                    return late ? known : source;
                });
        return before[0];
    }

    /**
     * The artifact at a path of the artifact server: the current one, or the one before, which
     * someone may be about to download.
     */
    public Optional<Artifact> artifact(SourceKey key, String path) {
        Optional<Artifact> current = artifact(key);
        if (path.endsWith("/latest.tar.gz")) {
            return current;
        }
        return Stream.of(current, Optional.ofNullable(previous.get(key)))
                .flatMap(Optional::stream)
                .filter(artifact -> artifact.path().equals(path))
                .findFirst();
    }

    /** The artifacts that someone may read now: the current ones and those before them. */
    public Stream<Artifact> artifacts() {
        return Stream.concat(
                latest.values().stream().map(Source::artifact).filter(Objects::nonNull),
                previous.values().stream());
    }

    /** Forgets an object that is gone, unless another of the same name is there by now. */
    public void remove(Source<?> source) {
        String uid = source.metadata().uid();
        previous.remove(source.key());
        latest.computeIfPresent(
                source.key(), (key, known) -> known.metadata().uid().equals(uid) ? null : known);
    }

    /** Those that are made of this one. */
    private List<SourceKey> madeOf(SourceKey part) {
        return latest.values().stream()
                .filter(source -> madeOf.apply(source).contains(part))
                .<SourceKey>map(Source::key)
                .toList();
    }

    private static boolean isWork(Metadata known, Metadata now) {
        return !known.uid().equals(now.uid())
                || known.generation() != now.generation()
                || known.isDeleted() != now.isDeleted()
                || !Objects.equals(known.requestedAt(), now.requestedAt());
    }

    private static boolean isNewer(Metadata known, Metadata now) {
        if (!known.uid().equals(now.uid())) {
            return false;
        }
        try {
            return Long.parseLong(known.resourceVersion()) > Long.parseLong(now.resourceVersion());
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
