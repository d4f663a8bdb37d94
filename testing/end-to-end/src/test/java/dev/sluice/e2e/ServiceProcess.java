package dev.sluice.e2e;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** One service as a process of its own, as its image runs it. */
final class ServiceProcess implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(120);

    private static final Pattern APPLIED = Pattern.compile("changes=[0-9]+ ms=[0-9]+ applied$");

    private final String name;
    private final Process process;
    private final Path log;
    private final int port;

    private ServiceProcess(String name, Process process, Path log, int port) {
        this.name = name;
        this.process = process;
        this.log = log;
        this.port = port;
    }

    /**
     * @param copy tells processes of one service apart
     */
    static ServiceProcess start(
            String service, String copy, Path directory, Map<String, String> environment) {
        try {
            int port = freePort();
            Path log = directory.resolve(service + "-" + copy + ".log");
            ProcessBuilder builder =
                    new ProcessBuilder(
                            List.of(
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    "--enable-native-access=ALL-UNNAMED",
                                    "--sun-misc-unsafe-memory-access=allow",
                                    "-XX:+UseSerialGC",
                                    "-XX:TieredStopAtLevel=1",
                                    "-Xmx192m",
                                    "-jar",
                                    SluiceProcess.ROOT
                                            .resolve("apps/services")
                                            .resolve(service)
                                            .resolve("target/quarkus-app/quarkus-run.jar")
                                            .toString()));
            builder.environment().putAll(environment);
            builder.environment().put("QUARKUS_HTTP_PORT", Integer.toString(port));
            builder.environment()
                    .put(
                            "SLUICE_FETCHER_REPOSITORIES",
                            directory.resolve("git-" + copy).toString());
            builder.redirectErrorStream(true).redirectOutput(log.toFile());
            return new ServiceProcess(service + "-" + copy, builder.start(), log, port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Waits until its readiness probe answers. */
    ServiceProcess awaitReady() {
        await(name)
                .atMost(START)
                .pollInterval(Duration.ofMillis(250))
                .until(() -> {
                    if (!process.isAlive()) {
                        throw new AssertionError(name + " ended:\n" + log());
                    }
                    return status("/q/health/ready") == 200;
                });
        return this;
    }

    private int status(String path) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                                    .timeout(Duration.ofSeconds(2))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many deliveries it has brought into the cluster. */
    long applied() {
        return log().lines().filter(APPLIED.asPredicate()).count();
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly();
        try {
            process.waitFor(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
