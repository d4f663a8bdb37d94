package dev.sluice.standalone;

import dev.sluice.broker.TopicAdmin;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
            names = "--kafka-port",
            paramLabel = "PORT",
            defaultValue = "0",
            description =
                    "Port of the embedded Kafka, for subscribers on this machine; default: any that is free.")
    int kafkaPort;

    @Option(
            names = "--ledger",
            paramLabel = "URL",
            defaultValue = "${env:SLUICE_LEDGER:-embedded}",
            description =
                    "Where the ledger is kept: embedded, off, or postgresql://user:password@host:port/database; $SLUICE_LEDGER keeps a password out of the list of processes. Default: embedded.")
    String ledger = "embedded";

    @Option(
            names = "--sops-age-secret",
            paramLabel = "NAME",
            description =
                    "Secret in the pipeline's namespace whose age keys open what asks for decryption and names no Secret.")
    @Nullable String sopsAgeSecret;

    @Option(
            names = "--central-kafka",
            paramLabel = "HOST:PORT",
            description =
                    "A central Kafka that is told what happens here, whenever it can be reached.")
    @Nullable String centralKafka;

    @Option(
            names = "--central-kafka-settings",
            paramLabel = "FILE",
            description = "Client settings for it (TLS, SASL), as Java properties.")
    @Nullable Path centralKafkaSettings;

    @Option(
            names = "--mirror-rate",
            paramLabel = "N",
            defaultValue = "500",
            description =
                    "How many records per second it is told at most; default: ${DEFAULT-VALUE}.")
    int mirrorRate;

    @Option(
            names = "--history-limit",
            paramLabel = "MIB",
            description =
                    "How much of the disk the history may take; what is older goes first. No bound by default.")
    @Nullable Integer historyLimit;

    @Mixin TenancyOptions tenancy = new TenancyOptions();

    @Override
    public Integer call() throws Exception {
        Settings settings = Settings.of(this);
        tenancy.apply();
        if (sopsAgeSecret != null) {
            System.setProperty("sluice.decryptor.age-secret", sopsAgeSecret);
        }
        return new StandaloneProcess(settings, ready -> System.out.println(ready), keeping()).run();
    }

    private StandaloneProcess.Keeping keeping() throws ConfigurationException {
        long bytes = historyLimit == null ? -1 : historyLimit * (1L << 20);
        if (historyLimit != null && bytes < TopicAdmin.History.LEAST) {
            throw new ConfigurationException(
                    "--history-limit must be at least " + (TopicAdmin.History.LEAST >> 20));
        }
        if (historyLimit != null && kafka != null) {
            throw new ConfigurationException(
                    "--history-limit is for the embedded Kafka: set retention.bytes on the topics of "
                            + kafka);
        }
        return new StandaloneProcess.Keeping(
                bytes,
                centralKafka == null
                        ? null
                        : Centre.of(centralKafka, centralKafkaSettings, mirrorRate));
    }
}
