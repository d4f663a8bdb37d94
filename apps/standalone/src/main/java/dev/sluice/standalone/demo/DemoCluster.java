package dev.sluice.standalone.demo;

import dev.sluice.testkit.cluster.ControlPlane;
import dev.sluice.testkit.cluster.ControlPlaneException;
import io.fabric8.kubernetes.client.Config;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The cluster of the show: a real API server of its own, or the one that the user's kubeconfig
 * names.
 *
 * @param forVisitor kubeconfig for looking further; null where the visitor has it already
 */
public record DemoCluster(Config forSluice, @Nullable Path forVisitor, Runnable end)
        implements AutoCloseable {

    /**
     * The cluster that an option names.
     *
     * @param name {@code current} for the one of the user's kubeconfig; null for one of its own
     */
    public static DemoCluster named(
            @Nullable String name, Path directory, Consumer<String> progress) throws ShowException {
        if (name == null) {
            return ofItsOwn(directory.resolve("cluster"), progress);
        }
        if (!name.equals("current")) {
            throw new ShowException("--cluster takes only the word 'current'", null);
        }
        return new DemoCluster(Config.autoConfigure(null), null, () -> {});
    }

    private static DemoCluster ofItsOwn(Path directory, Consumer<String> progress)
            throws ShowException {
        try {
            ControlPlane controlPlane = ControlPlane.start(directory, progress).withControllers();
            return new DemoCluster(
                    Config.fromKubeconfig(controlPlane.kubeconfig("sluice").toFile()),
                    controlPlane.kubeconfig("admin"),
                    controlPlane::close);
        } catch (ControlPlaneException e) {
            throw new ShowException(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public void close() {
        end.run();
    }
}
