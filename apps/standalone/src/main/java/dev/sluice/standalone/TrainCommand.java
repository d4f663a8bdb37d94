package dev.sluice.standalone;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.quarkus.runtime.Quarkus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/**
 * Starts everything once, beside a cluster that holds nothing, and ends: the launcher makes its
 * ahead-of-time cache from such a run.
 */
@Command(name = "train", hidden = true)
final class TrainCommand implements Callable<Integer> {

    @Override
    public Integer call() throws Exception {
        Path data = Files.createTempDirectory("sluice-train");
        try (EmptyCluster cluster = new EmptyCluster()) {
            Config empty = new ConfigBuilder(Config.empty()).withMasterUrl(cluster.url()).build();
            Settings settings = new Settings(empty, "train", data, freePort(), null, null);
            return new StandaloneProcess(settings, ready -> Quarkus.asyncExit(0)).run();
        } finally {
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(() -> delete(data), "delete-training-data"));
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            System.err.println("sluice: " + directory + " was not deleted: " + e.getMessage());
        }
    }
}
