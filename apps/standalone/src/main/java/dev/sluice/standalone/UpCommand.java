package dev.sluice.standalone;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sluice up}: runs the pipeline until it is told to stop. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = "Runs the whole pipeline in one process for one cluster.")
final class UpCommand implements Callable<Integer> {

    @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            description =
                    "Kubeconfig of the cluster; default: $KUBECONFIG, ~/.kube/config, or the pod's own account.")
    @Nullable Path kubeconfig;

    @Option(
            names = "--context",
            paramLabel = "NAME",
            description = "Context in the kubeconfig; default: its current one.")
    @Nullable String context;

    @Option(
            names = "--cluster",
            paramLabel = "NAME",
            defaultValue = "default",
            description = "Name of the cluster in events and reports; default: ${DEFAULT-VALUE}.")
    String cluster = "default";

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Directory for all that must last: Kafka's log, artifacts; default: ~/.local/share/sluice/CLUSTER.")
    @Nullable Path data;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "HTTP port for health, metrics and artifacts; default: ${DEFAULT-VALUE}.")
    int port;

    @Option(
            names = "--webhook-port",
            paramLabel = "PORT",
            description = "Port of the webhook receiver, which faces outside.")
    @Nullable Integer webhookPort;

    @Option(
            names = "--kafka",
            paramLabel = "HOST:PORT",
            description = "Use this Kafka broker instead of the embedded one.")
    @Nullable String kafka;

    @Option(
            names = "--sops-age-secret",
            paramLabel = "NAME",
            description =
                    "Secret in the pipeline's namespace whose age keys open what asks for decryption and names no Secret.")
    @Nullable String sopsAgeSecret;

    @Override
    public Integer call() throws Exception {
        Settings settings = Settings.of(this);
        if (sopsAgeSecret != null) {
            System.setProperty("sluice.decryptor.age-secret", sopsAgeSecret);
        }
        ClusterCheck.await(settings.kubernetes());
        return new StandaloneProcess(settings, ready -> System.out.println(ready)).run();
    }
}
