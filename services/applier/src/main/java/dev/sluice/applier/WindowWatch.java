package dev.sluice.applier;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.fluxapi.FluxJson;
import dev.sluice.fluxapi.Groups;
import dev.sluice.fluxapi.MalformedObjectException;
import dev.sluice.fluxapi.window.MaintenanceWindow;
import dev.sluice.kubernetes.Cluster;
import dev.sluice.kubernetes.ResourceKind;
import dev.sluice.kubernetes.watch.ObjectWatch;
import dev.sluice.kubernetes.watch.Selection;
import dev.sluice.kubernetes.watch.Sink;
import dev.sluice.windows.Windows;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the table of windows as the cluster has them. A cluster that does not serve the kind has
 * none, until it does.
 */
final class WindowWatch implements Sink, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WindowWatch.class);
    private static final ResourceKind KIND =
            new ResourceKind(
                    Groups.SLUICE, "v1", MaintenanceWindow.KIND, "maintenancewindows", true);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Cluster cluster;
    private final Windows windows;
    private final Runnable changed;
    private final Set<String> listed = new HashSet<>();
    private volatile @Nullable ObjectWatch watch;
    private volatile boolean closed;

    /**
     * @param changed told after every change: any delivery may be concerned
     */
    WindowWatch(Cluster cluster, Windows windows, Runnable changed) {
        this.cluster = cluster;
        this.windows = windows;
        this.changed = changed;
    }

    /** Returns when all windows that there are have been seen: none may be overlooked at start. */
    void start() {
        ObjectWatch started = ObjectWatch.start(cluster, Selection.all(KIND), this);
        watch = started;
        try {
            while (!started.awaitListed(PATIENCE) && !closed) {
                LOG.warn("the maintenance windows cannot be listed yet; nothing is applied");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void begin() {
        listed.clear();
    }

    /** One that cannot be read is left out; the API server lets none in. */
    @Override
    public void present(ObjectNode object) {
        listed.add(key(object));
        object.put("apiVersion", MaintenanceWindow.API_VERSION).put("kind", MaintenanceWindow.KIND);
        try {
            windows.put(FluxJson.read(object, MaintenanceWindow.class));
            changed.run();
        } catch (MalformedObjectException e) {
            LOG.atWarn()
                    .addKeyValue("target", key(object))
                    .addKeyValue("reason", e.getMessage())
                    .log("a MaintenanceWindow cannot be read and is left out");
        }
    }

    @Override
    public void complete() {
        windows.retain(listed);
        changed.run();
    }

    @Override
    public void gone(ObjectNode object) {
        windows.remove(
                object.path("metadata").path("namespace").asText(),
                object.path("metadata").path("name").asText());
        changed.run();
    }

    @Override
    public void close() {
        closed = true;
        ObjectWatch running = watch;
        if (running != null) {
            running.close();
        }
    }

    private static String key(ObjectNode object) {
        return Windows.key(
                object.path("metadata").path("namespace").asText(),
                object.path("metadata").path("name").asText());
    }
}
