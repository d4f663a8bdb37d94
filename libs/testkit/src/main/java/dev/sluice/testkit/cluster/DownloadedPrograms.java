package dev.sluice.testkit.cluster;

import io.fabric8.kubeapitest.KubeAPIServerConfigBuilder;
import io.fabric8.kubeapitest.binary.Binaries;
import io.fabric8.kubeapitest.binary.BinaryManager;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * etcd and kube-apiserver as fabric8's kube-api-test downloads them, where their site can be
 * reached; kept in the user's cache directory.
 */
final class DownloadedPrograms {

    private DownloadedPrograms() {}

    /** The directory with both; null where they are not there and cannot be had. */
    static @Nullable Path findOrDownload(Path cache, Consumer<String> progress) {
        progress.accept("looking for a kube-apiserver to download");
        try {
            BinaryManager manager =
                    new BinaryManager(
                            KubeAPIServerConfigBuilder.anAPIServerConfig()
                                    .withTestDir(cache.toString())
                                    .build());
            manager.initAndDownloadIfRequired();
            Binaries binaries = manager.binaries();
            return binaries.getEtcd().canExecute() && binaries.getApiServer().canExecute()
                    ? binaries.getApiServer().toPath().getParent()
                    : null;
        } catch (RuntimeException e) {
            progress.accept("none can be downloaded: " + e.getMessage());
            return null;
        }
    }
}
