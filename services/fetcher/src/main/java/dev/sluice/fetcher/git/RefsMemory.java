package dev.sluice.fetcher.git;

import dev.sluice.fetcher.http.ProxyAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What remotes said that they have, so that several sources of one repository ask once: whoever
 * comes while someone asks waits for an answer to a question that was put after it came; and a poll
 * takes an answer that is recent enough. Safe for use by many threads.
 */
public final class RefsMemory {

    private static final int MOST = 20_000;

    /** A repository as someone sees it: others may see less of it. */
    public record View(URI url, GitCredentials credentials, ProxyAddress proxy) {

        static View of(GitRemote remote) {
            return new View(remote.url(), remote.credentials(), remote.proxy());
        }
    }

    /**
     * An answer.
     *
     * @param changed whether the remote said something else before
     */
    public record Answer(View view, RemoteRefs refs, boolean changed) {}

    /** Asks a remote. */
    interface Question {
        RemoteRefs ask() throws GitFailure, InterruptedException;
    }

    private static final class Known {
        private final ReentrantLock asking = new ReentrantLock();
        private volatile Instant asked = Instant.MIN;
        private volatile @Nullable RemoteRefs refs;
        private volatile @Nullable GitFailure failure;
    }

    private final Map<View, Known> views = new ConcurrentHashMap<>();
    private final Clock clock;

    RefsMemory(Clock clock) {
        this.clock = clock;
    }

    /**
     * What the remote has.
     *
     * @param age how old the answer may be; zero for one to a question that is put from now on
     */
    Answer ask(GitRemote remote, Duration age, Question question)
            throws GitFailure, InterruptedException {
        View view = View.of(remote);
        Instant arrived = clock.instant();
        Instant oldest = arrived.minus(age);
        if (views.size() > MOST) {
            views.clear();
        }
        Known known = views.computeIfAbsent(view, v -> new Known());
        known.asking.lockInterruptibly();
        try {
            RemoteRefs before = known.refs;
            GitFailure failure = known.failure;
            if (failure != null && known.asked.isAfter(arrived)) {
                // Found out while this one waited.
                throw failure;
            }
            if (failure == null && before != null && !known.asked.isBefore(oldest)) {
                return new Answer(view, before, false);
            }
            known.asked = clock.instant();
            RemoteRefs refs = ask(known, question);
            known.refs = refs;
            return new Answer(view, refs, before != null && !before.equals(refs));
        } finally {
            known.asking.unlock();
        }
    }

    private static RemoteRefs ask(Known known, Question question)
            throws GitFailure, InterruptedException {
        try {
            RemoteRefs refs = question.ask();
            known.failure = null;
            return refs;
        } catch (GitFailure e) {
            known.failure = e;
            throw e;
        }
    }
}
