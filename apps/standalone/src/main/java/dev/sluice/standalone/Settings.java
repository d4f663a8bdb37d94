package dev.sluice.standalone;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the process runs with, checked.
 *
 * @param kafka an existing broker; null for the embedded one
 * @param kafkaPort where the embedded one listens; 0 for any port that is free
 * @param webhookPort null where no webhook receiver is wanted
 * @param ledger {@code embedded}, {@code off} or the URL of a PostgreSQL
 */
public record Settings(
        Config kubernetes,
        String cluster,
        Path data,
        int port,
        @Nullable Integer webhookPort,
        @Nullable String kafka,
        int kafkaPort,
        String ledger) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,61}[a-z0-9])?");
    private static final Pattern HOST_PORT = Pattern.compile("[^:,\\s]+:[0-9]{1,5}");

    private static final Pattern LEDGER =
            Pattern.compile("embedded|off|(jdbc:)?postgres(ql)?://\\S+");

    static Settings of(UpCommand options) throws ConfigurationException {
        String cluster = options.cluster;
        if (!NAME.matcher(cluster).matches()) {
            throw new ConfigurationException(
                    "--cluster '"
                            + cluster
                            + "' is not a name: use lower-case letters, digits, '-' and '.'");
        }
        if (options.kafka != null && !HOST_PORT.matcher(options.kafka).matches()) {
            throw new ConfigurationException("--kafka '" + options.kafka + "' is not HOST:PORT");
        }
        checkPort("--port", options.port);
        if (options.webhookPort != null) {
            checkPort("--webhook-port", options.webhookPort);
        }
        checkPort("--kafka-port", options.kafkaPort);
        return new Settings(
                kubernetes(options.kubeconfig, options.context),
                cluster,
                dataDirectory(options.data, cluster),
                options.port,
                options.webhookPort,
                options.kafka,
                options.kafkaPort,
                ledger(options.ledger));
    }

    /** For a run that keeps nothing: any free port, a broker of its own, no ledger. */
    public static Settings temporary(Config kubernetes, String cluster, Path data)
            throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new Settings(
                    kubernetes, cluster, data, free.getLocalPort(), null, null, 0, "off");
        }
    }

    Settings withLedger(String other) {
        return new Settings(kubernetes, cluster, data, port, webhookPort, kafka, kafkaPort, other);
    }

    /** The message shows nothing of it, for it may hold a password. */
    private static String ledger(String wanted) throws ConfigurationException {
        if (!LEDGER.matcher(wanted).matches()) {
            throw new ConfigurationException(
                    "--ledger is neither 'embedded' nor 'off' nor postgresql://user:password@host:port/database");
        }
        return wanted;
    }

    private static Config kubernetes(@Nullable Path kubeconfig, @Nullable String context)
            throws ConfigurationException {
        try {
            if (kubeconfig == null) {
                return Config.autoConfigure(context);
            }
            if (!Files.isReadable(kubeconfig)) {
                throw new ConfigurationException("--kubeconfig " + kubeconfig + " cannot be read");
            }
            Config config = Config.fromKubeconfig(context, kubeconfig.toFile());
            if (config.getCurrentContext() == null) {
                throw new ConfigurationException(
                        context == null
                                ? "the kubeconfig "
                                        + kubeconfig
                                        + " has no current context: set one, or name one by --context"
                                : "the kubeconfig "
                                        + kubeconfig
                                        + " has no context '"
                                        + context
                                        + "'");
            }
            return config;
        } catch (KubernetesClientException e) {
            throw new ConfigurationException(
                    "the kubeconfig " + kubeconfig + " cannot be used: " + e.getMessage());
        }
    }

    private static Path dataDirectory(@Nullable Path wanted, String cluster)
            throws ConfigurationException {
        Path data =
                wanted != null
                        ? wanted.toAbsolutePath()
                        : Path.of(
                                System.getProperty("user.home"),
                                ".local",
                                "share",
                                "sluice",
                                cluster);
        try {
            Files.createDirectories(data);
        } catch (IOException e) {
            throw new ConfigurationException(
                    "--data " + data + " cannot be made: " + e.getMessage());
        }
        if (!Files.isWritable(data)) {
            throw new ConfigurationException("--data " + data + " is not writable");
        }
        return data;
    }

    private static void checkPort(String option, int port) throws ConfigurationException {
        if (port < 0 || port > 65_535) {
            throw new ConfigurationException(
                    option + " " + port + " is not a port: use 0 to 65535");
        }
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            if (!probe.isBound()) {
                throw new ConfigurationException(option + " " + port + " cannot be used");
            }
        } catch (IOException e) {
            throw new ConfigurationException(
                    option + " " + port + " is taken: choose another, or stop what uses it");
        }
    }
}
