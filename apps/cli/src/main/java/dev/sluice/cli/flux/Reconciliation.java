package dev.sluice.cli.flux;

import dev.sluice.cli.cluster.ClusterException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks for a reconciliation and waits for its end. */
public final class Reconciliation {

    private static final Duration PAUSE = Duration.ofMillis(100);

    private final FluxCluster cluster;
    private final Clock clock;
    private final Duration patience;

    public Reconciliation(FluxCluster cluster, Clock clock, Duration patience) {
        this.cluster = cluster;
        this.clock = clock;
        this.patience = patience;
    }

    /**
     * Puts the annotations on.
     *
     * @param force whether a HelmRelease is to be upgraded though nothing changed
     * @param reset whether its failed attempts are to be forgotten
     */
    public void request(LiveObject object, boolean force, boolean reset) throws ClusterException {
        cluster.request(object, clock.instant().toString(), force, reset);
    }

    /**
     * Waits until the request is handled and the object is settled.
     *
     * @param before the object as it was before {@link #request}
     * @return the object, ready or not; empty if that takes longer than one has patience
     */
    public Optional<LiveObject> await(LiveObject before) throws ClusterException {
        return awaitSettled(before, before.lastHandled());
    }

    /** Waits until the object is settled at its present spec. */
    public Optional<LiveObject> awaitSettled(LiveObject object) throws ClusterException {
        return awaitSettled(object, null);
    }

    private Optional<LiveObject> awaitSettled(LiveObject object, @Nullable String handledBefore)
            throws ClusterException {
        Instant end = clock.instant().plus(patience);
        while (true) {
            Optional<LiveObject> now =
                    cluster.find(object.kind(), object.namespace(), object.name());
            boolean handled = now.filter(o -> !o.lastHandled().equals(handledBefore)).isPresent();
            if (now.isPresent() && handled && now.get().isSettled()) {
                return now;
            }
            if (now.isEmpty() || clock.instant().isAfter(end) || !pause()) {
                return Optional.empty();
            }
        }
    }

    private static boolean pause() {
        try {
            Thread.sleep(PAUSE);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
