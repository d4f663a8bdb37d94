package dev.sluice.fetcher.gitrepository;

import dev.sluice.fetcher.git.GitClient;
import dev.sluice.fetcher.git.GitFailure;
import dev.sluice.fetcher.git.GitRemote;
import dev.sluice.fetcher.git.RefsMemory;
import dev.sluice.fetcher.git.RemoteRefs;
import dev.sluice.fetcher.source.Source;
import dev.sluice.fetcher.source.SourceKey;
import dev.sluice.fluxapi.ConditionTypes;
import dev.sluice.fluxapi.Conditions;
import dev.sluice.fluxapi.source.GitRepository;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Sources of one repository share one poll: whose turn it is asks the remote, and where something
 * is new the others are woken and take the same answer.
 */
final class SharedPolls {

    private final GitClient client;
    private final Consumer<SourceKey> wake;
    private final Map<RefsMemory.View, Set<SourceKey>> followers = new ConcurrentHashMap<>();
    private final Map<SourceKey, RefsMemory.View> followed = new ConcurrentHashMap<>();

    SharedPolls(GitClient client, Consumer<SourceKey> wake) {
        this.client = client;
        this.wake = wake;
    }

    /** What the remote has, as new as this look needs it. */
    RemoteRefs refs(Source<GitRepository> source, GitRemote remote)
            throws GitFailure, InterruptedException {
        RefsMemory.Answer answer = client.lsRemote(remote, age(source));
        follow(source.key(), answer.view());
        if (answer.changed()) {
            followers.getOrDefault(answer.view(), Set.of()).stream()
                    .filter(other -> !other.equals(source.key()))
                    .forEach(wake);
        }
        return answer.refs();
    }

    private void follow(SourceKey key, RefsMemory.View view) {
        RefsMemory.View before = followed.put(key, view);
        if (before != null && !before.equals(view)) {
            followers.computeIfPresent(
                    before,
                    (v, keys) -> {
                        keys.remove(key);
                        return keys.isEmpty() ? null : keys;
                    });
        }
        followers.computeIfAbsent(view, v -> ConcurrentHashMap.newKeySet()).add(key);
    }

    /** Who was asked for, changed or failed needs to know what is there now. */
    private static Duration age(Source<GitRepository> source) {
        boolean asked =
                !Objects.equals(
                        source.metadata().requestedAt(), source.status().lastHandledReconcileAt());
        boolean other =
                !Objects.equals(
                        source.status().observedGeneration(), source.metadata().generation());
        boolean ready = new Conditions(source.status().conditions()).isTrue(ConditionTypes.READY);
        // A little less than the interval, whose timers are not exact.
        return asked || other || !ready
                ? Duration.ZERO
                : source.object().spec().interval().toDuration().multipliedBy(9).dividedBy(10);
    }
}
