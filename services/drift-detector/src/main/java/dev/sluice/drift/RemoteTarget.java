package dev.sluice.drift;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.kubernetes.Cluster;
import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.kubernetes.target.RemoteClusters;
import dev.sluice.kubernetes.target.RemoteReference;
import dev.sluice.kubernetes.target.TargetException;
import dev.sluice.kubernetes.watch.ObjectWatch;
import dev.sluice.kubernetes.watch.Selection;
import dev.sluice.kubernetes.watch.Sink;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Another cluster, as the Secret or ConfigMap that leads to it says now. That one object is
 * watched, by its name, which needs no other right than the detector has anyway; where it changes
 * the cluster is watched anew, where it goes nothing is judged there until it comes back.
 */
final class RemoteTarget implements AutoCloseable, Sink {

    private static final Logger LOG = LoggerFactory.getLogger(RemoteTarget.class);

    private final RemoteReference reference;
    private final RemoteClusters clusters;
    private final Function<Cluster, TargetCluster> watcher;
    private final Runnable changed;
    private @Nullable ObjectWatch watch;
    private @Nullable Cluster session;
    private volatile @Nullable TargetCluster target;
    private boolean seen;

    /**
     * @param watcher begins to watch a cluster
     * @param changed called when there is a cluster to judge that was not there before
     */
    RemoteTarget(
            RemoteReference reference,
            RemoteClusters clusters,
            Function<Cluster, TargetCluster> watcher,
            Runnable changed) {
        this.reference = reference;
        this.clusters = clusters;
        this.watcher = watcher;
        this.changed = changed;
    }

    void start(Cluster own) throws KubernetesException {
        watch =
                ObjectWatch.start(
                        own,
                        Selection.object(
                                own.resource("v1", reference.kind()),
                                reference.namespace(),
                                reference.name()),
                        this);
    }

    /** Null where there is no way to it now. */
    @Nullable TargetCluster target() {
        return target;
    }

    @Override
    public void begin() {
        seen = false;
    }

    @Override
    public void present(ObjectNode object) {
        seen = true;
        try {
            Cluster now = clusters.of(reference, object);
            if (now != session) {
                end();
                session = now;
                target = watcher.apply(now);
                changed.run();
            }
        } catch (TargetException e) {
            end();
            LOG.atWarn()
                    .addKeyValue("reason", e.getMessage())
                    .log("drift on another cluster cannot be seen");
        }
    }

    @Override
    public void complete() {
        if (!seen) {
            end();
        }
    }

    @Override
    public void gone(ObjectNode object) {
        end();
    }

    private void end() {
        TargetCluster last = target;
        target = null;
        session = null;
        if (last != null) {
            last.close();
        }
    }

    @Override
    public void close() {
        ObjectWatch running = watch;
        if (running != null) {
            running.close();
        }
        end();
    }
}
