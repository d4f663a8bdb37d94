package dev.sluice.fetcher;

import dev.sluice.fluxapi.Artifact;
import dev.sluice.fluxapi.source.GitRepository;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The GitRepositories of the cluster as last seen: by the watch, or in the answer to our own write,
 * whichever is newer. Safe for use by many threads.
 */
final class SourceTable {

    private final Map<ObjectKey, GitRepository> latest = new ConcurrentHashMap<>();
    private final Map<ObjectKey, Artifact> previous = new ConcurrentHashMap<>();

    Optional<GitRepository> get(ObjectKey key) {
        return Optional.ofNullable(latest.get(key));
    }

    /**
     * Takes an object.
     *
     * @return who has work now: the object itself where it is new, or has another spec, a request
     *     or a deletion (what only its status says is our own word); those that include it where it
     *     has another artifact
     */
    Set<ObjectKey> put(GitRepository object) {
        ObjectKey key = key(object);
        Set<ObjectKey> awake = new HashSet<>();
        GitRepository before = replace(key, object);
        if (before == null || isWork(before, object)) {
            awake.add(key);
        }
        Artifact last = before == null ? null : artifact(before);
        if (before != null && !Objects.equals(last, artifact(object))) {
            if (last != null) {
                previous.put(key, last);
            }
            awake.addAll(including(key));
        }
        return awake;
    }

    /** What was known before; the object itself if something newer is known. */
    private @Nullable GitRepository replace(ObjectKey key, GitRepository object) {
        GitRepository[] before = new GitRepository[1];
        latest.compute(
                key,
                (same, known) -> {
                    boolean late = known != null && isNewer(known, object);
                    before[0] = late ? object : known;
                    return late ? known : object;
                });
        return before[0];
    }

    /**
     * The artifact at a path of the artifact server: the current one, or the one before, which
     * someone may be about to download.
     */
    Optional<Artifact> artifact(ObjectKey key, String path) {
        Optional<Artifact> current = get(key).map(SourceTable::artifact);
        if (path.endsWith("/latest.tar.gz")) {
            return current;
        }
        return Stream.of(current, Optional.ofNullable(previous.get(key)))
                .flatMap(Optional::stream)
                .filter(artifact -> artifact.path().equals(path))
                .findFirst();
    }

    /** Forgets an object that is gone, unless another of the same name is there by now. */
    void remove(GitRepository object) {
        String uid = object.metadata().uid();
        previous.remove(key(object));
        latest.computeIfPresent(
                key(object), (key, known) -> known.metadata().uid().equals(uid) ? null : known);
    }

    /** Those that copy this one's artifact into theirs. */
    private List<ObjectKey> including(ObjectKey included) {
        return latest.values().stream()
                .filter(object -> object.metadata().namespace().equals(included.namespace()))
                .filter(object ->
                        object.spec().include().stream()
                                .anyMatch(include ->
                                        include.repository().name().equals(included.name())))
                .map(SourceTable::key)
                .toList();
    }

    static ObjectKey key(GitRepository object) {
        return new ObjectKey(object.metadata().namespace(), object.metadata().name());
    }

    private static @Nullable Artifact artifact(GitRepository object) {
        return object.status() == null ? null : object.status().artifact();
    }

    private static boolean isWork(GitRepository known, GitRepository object) {
        return !known.metadata().uid().equals(object.metadata().uid())
                || known.metadata().generation() != object.metadata().generation()
                || known.metadata().isDeleted() != object.metadata().isDeleted()
                || !Objects.equals(known.metadata().requestedAt(), object.metadata().requestedAt());
    }

    private static boolean isNewer(GitRepository known, GitRepository object) {
        if (!known.metadata().uid().equals(object.metadata().uid())) {
            return false;
        }
        try {
            return Long.parseLong(known.metadata().resourceVersion())
                    > Long.parseLong(object.metadata().resourceVersion());
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
