package dev.sluice.kubernetes.watch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.kubernetes.Cluster;
import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.kubernetes.KubernetesFailure;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches objects until it is closed, whatever happens to the connection or the server.
 *
 * <p>A virtual thread of its own lists, watches and calls the sink; a slow sink slows the watch and
 * loses nothing. {@link #close} ends it, in the middle of a wait too; a call of the sink that is
 * under way finishes. What goes wrong is logged once until it works again, and tried again with
 * growing pauses up to half a minute. Of a kind that is not served there is nothing, until its
 * definition comes.
 */
public final class ObjectWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ObjectWatch.class);

    /** Not the same for all, so that a server's restart is not followed by a crowd at once. */
    private static final Duration WATCH_LENGTH = Duration.ofMinutes(8);

    /** How often a kind that is not served is asked for before its definition is waited for. */
    private static final int ASKED = 4;

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LAST_PAUSE = Duration.ofSeconds(30);

    private static final Set<KubernetesFailure.Sort> REFUSALS =
            Set.of(KubernetesFailure.Sort.FORBIDDEN, KubernetesFailure.Sort.UNAUTHORIZED);
    private static final Set<KubernetesFailure.Sort> QUIET =
            Set.of(KubernetesFailure.Sort.EXPIRED, KubernetesFailure.Sort.NOT_FOUND);

    private final Cluster cluster;
    private final Selection selection;
    private final Sink sink;
    private final ListWatch watch;
    private final Thread thread;
    private final CountDownLatch listed = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicReference<@Nullable DefinitionWait> waiting = new AtomicReference<>();
    private volatile @Nullable String trouble;

    private ObjectWatch(Cluster cluster, Selection selection, Sink sink) {
        this.cluster = cluster;
        this.selection = selection;
        this.sink = new Listening(sink);
        this.watch = new ListWatch(cluster, selection);
        this.thread =
                Thread.ofVirtual().name("watch-" + selection.kind().plural()).unstarted(this::run);
    }

    public static ObjectWatch start(Cluster cluster, Selection selection, Sink sink) {
        ObjectWatch started = new ObjectWatch(cluster, selection, sink);
        started.thread.start();
        return started;
    }

    /** Waits for the first listing; false where it did not come in time. */
    public boolean awaitListed(Duration limit) throws InterruptedException {
        return listed.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Why the watch sees nothing now; empty where it does, as far as anyone can tell. */
    public Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    @Override
    public void close() {
        ended.countDown();
        watch.close();
        DefinitionWait wait = waiting.get();
        if (wait != null) {
            wait.close();
        }
    }

    private void run() {
        int failures = 0;
        while (ended.getCount() > 0) {
            try {
                watch.pass(sink, length());
                failures = 0;
                trouble = null;
            } catch (KubernetesException e) {
                if (ended.getCount() > 0) {
                    failed(e.failure(), failures);
                    failures = awaitBetterTimes(e.failure(), failures);
                }
            } catch (RuntimeException e) {
                LOG.atError()
                        .setCause(e)
                        .addKeyValue("kind", selection.kind().kind())
                        .log("a watch's receiver failed; the watch starts anew");
                watch.startAnew();
                pause(failures++);
            }
        }
    }

    private void failed(KubernetesFailure failure, int before) {
        if (!QUIET.contains(failure.sort()) && before > 0) {
            trouble = "the " + selection.kind().plural() + ": " + failure.message();
        }
        if (failure.sort() == KubernetesFailure.Sort.NOT_FOUND) {
            // The kind is no longer served: there is nothing of it, until it is served again.
            sink.begin();
            sink.complete();
            watch.startAnew();
        } else if (REFUSALS.contains(failure.sort())) {
            sink.refused(failure);
        }
        if (!QUIET.contains(failure.sort()) && before == 1) {
            LOG.atWarn()
                    .addKeyValue("kind", selection.kind().kind())
                    .addKeyValue("reason", failure.message())
                    .log("a watch is interrupted and tried again");
        }
    }

    /** How many failures there were in a row, when it is worth another try. */
    private int awaitBetterTimes(KubernetesFailure failure, int before) {
        boolean unknown =
                failure.sort() == KubernetesFailure.Sort.NOT_FOUND
                        && DefinitionWait.concerns(selection.kind());
        if (unknown && before >= ASKED && awaitDefinition()) {
            return 0;
        }
        pause(before);
        return before + 1;
    }

    private boolean awaitDefinition() {
        try (DefinitionWait wait = new DefinitionWait(cluster, selection.kind())) {
            waiting.set(wait);
            return ended.getCount() > 0 && wait.await(length());
        } catch (KubernetesException e) {
            LOG.debug("definitions are not seen: {}", e.getMessage());
            return false;
        } finally {
            waiting.set(null);
        }
    }

    private void pause(int failures) {
        long most =
                Math.min(LAST_PAUSE.toMillis(), FIRST_PAUSE.toMillis() << Math.min(failures, 9));
        long pause = most / 2 + ThreadLocalRandom.current().nextLong(most / 2 + 1);
        try {
            if (ended.await(pause, TimeUnit.MILLISECONDS)) {
                LOG.trace("a watch was closed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
        }
    }

    private static Duration length() {
        return WATCH_LENGTH.plusSeconds(ThreadLocalRandom.current().nextLong(120));
    }

    /** Tells of the first listing, and lets nothing through once the watch is closed. */
    private final class Listening implements Sink {

        private final Sink next;

        Listening(Sink next) {
            this.next = next;
        }

        @Override
        public void begin() {
            next.begin();
        }

        @Override
        public void present(ObjectNode object) {
            trouble = null;
            next.present(object);
        }

        @Override
        public void complete() {
            trouble = null;
            next.complete();
            listed.countDown();
        }

        @Override
        public void gone(ObjectNode object) {
            next.gone(object);
        }

        @Override
        public void refused(KubernetesFailure failure) {
            next.refused(failure);
        }

        @Override
        public boolean done() {
            return ended.getCount() == 0 || next.done();
        }
    }
}
