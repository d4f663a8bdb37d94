package dev.sluice.standalone.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.helm.chart.ChartException;
import dev.sluice.helm.chart.ChartFiles;
import dev.sluice.helm.chart.ChartMetadata;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * The sample's charts, packed from their folders and served as a chart repository is: an index and
 * archives. One virtual thread for each request; {@link #close} stops them.
 */
public final class ChartShelf implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, byte[]> files;

    private ChartShelf(HttpServer server, Map<String, byte[]> files) {
        this.server = server;
        this.files = files;
    }

    /**
     * @param folder with a folder for each chart
     */
    public static ChartShelf of(Path folder) throws ShowException {
        try {
            HttpServer server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            ChartShelf shelf = new ChartShelf(server, packed(folder));
            server.setExecutor(shelf.threads);
            server.createContext("/", shelf::answer);
            server.start();
            return shelf;
        } catch (IOException | ChartException e) {
            throw new ShowException("the sample's charts cannot be served: " + e.getMessage(), e);
        }
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private static Map<String, byte[]> packed(Path folder) throws IOException, ChartException {
        Map<String, byte[]> files = new HashMap<>();
        ObjectNode index = JsonNodeFactory.instance.objectNode().put("apiVersion", "v1");
        ObjectNode entries = index.putObject("entries");
        for (Path chart : list(folder)) {
            ChartFiles content = read(chart);
            ChartMetadata metadata = ChartMetadata.of(content);
            String archive = metadata.name() + '-' + metadata.version() + ".tgz";
            files.put('/' + archive, content.pack(metadata.name()));
            ArrayNode versions = entries.putArray(metadata.name());
            versions.addObject()
                    .put("name", metadata.name())
                    .put("version", metadata.version())
                    .putArray("urls")
                    .add(archive);
        }
        files.put("/index.yaml", index.toString().getBytes(StandardCharsets.UTF_8));
        return files;
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> charts = Files.list(folder)) {
            return charts.filter(Files::isDirectory).sorted().toList();
        }
    }

    private static ChartFiles read(Path chart) throws IOException {
        Map<String, byte[]> files = new HashMap<>();
        try (Stream<Path> all = Files.walk(chart)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(
                        chart.relativize(file).toString().replace('\\', '/'),
                        Files.readAllBytes(file));
            }
        }
        return ChartFiles.of(files);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = files.get(exchange.getRequestURI().getPath());
            if (body == null) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
