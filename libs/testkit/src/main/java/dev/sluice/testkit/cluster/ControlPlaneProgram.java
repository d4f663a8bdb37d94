package dev.sluice.testkit.cluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where etcd and kube-apiserver come from. The order: {@code KUBEBUILDER_ASSETS}; the program of
 * {@code testing/control-plane}, built once where Go is present and kept in the user's cache
 * directory under the digest of its sources; what fabric8's kube-api-test can download.
 *
 * @param etcdCommand command without flags
 * @param apiServerCommand command without flags
 * @param controllerManagerCommand command without flags; null where there is none
 */
record ControlPlaneProgram(
        List<String> etcdCommand,
        List<String> apiServerCommand,
        @Nullable List<String> controllerManagerCommand) {

    /** Null where there is none and none can be made or had. */
    static @Nullable ControlPlaneProgram find(Consumer<String> progress)
            throws ControlPlaneException {
        ControlPlaneProgram assets = ofAssets(System.getenv("KUBEBUILDER_ASSETS"));
        if (assets != null) {
            return assets;
        }
        Path built = new ProgramBuild(progress).findOrBuild();
        if (built != null) {
            return ofBuilt(built);
        }
        Path downloaded =
                DownloadedPrograms.findOrDownload(ProgramBuild.cache("kube-api-test"), progress);
        return downloaded == null ? null : ofAssets(downloaded.toString());
    }

    List<String> etcd(List<String> flags) {
        return with(etcdCommand, flags);
    }

    List<String> apiServer(List<String> flags) {
        return with(apiServerCommand, flags);
    }

    List<String> controllerManager(List<String> flags) throws ControlPlaneException {
        if (controllerManagerCommand == null) {
            throw new ControlPlaneException(
                    "the control plane in KUBEBUILDER_ASSETS has no kube-controller-manager: put one beside kube-apiserver, or unset KUBEBUILDER_ASSETS");
        }
        return with(controllerManagerCommand, flags);
    }

    private static @Nullable ControlPlaneProgram ofAssets(@Nullable String directory) {
        if (directory == null || directory.isEmpty()) {
            return null;
        }
        Path etcd = Path.of(directory, "etcd");
        Path apiServer = Path.of(directory, "kube-apiserver");
        Path controllers = Path.of(directory, "kube-controller-manager");
        if (!Files.isExecutable(etcd) || !Files.isExecutable(apiServer)) {
            return null;
        }
        return new ControlPlaneProgram(
                List.of(etcd.toString()),
                List.of(apiServer.toString()),
                Files.isExecutable(controllers) ? List.of(controllers.toString()) : null);
    }

    private static ControlPlaneProgram ofBuilt(Path program) {
        return new ControlPlaneProgram(
                List.of(program.toString(), "etcd"),
                List.of(program.toString(), "apiserver"),
                List.of(program.toString(), "controller-manager"));
    }

    private static List<String> with(List<String> command, List<String> flags) {
        return Stream.concat(command.stream(), flags.stream()).toList();
    }
}
