package dev.sluice.testkit.git;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.eclipse.jgit.errors.RepositoryNotFoundException;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.ReceivePack;
import org.eclipse.jgit.transport.RefAdvertiser.PacketLineOutRefAdvertiser;
import org.eclipse.jgit.transport.UploadPack;
import org.jspecify.annotations.Nullable;

/**
 * Smart HTTP over the bare repositories of a directory: {@code http://127.0.0.1:<port>/<name>.git}.
 *
 * <p>Threads: a virtual thread for each request; {@link #close} stops them.
 */
public final class GitHttpServer implements AutoCloseable {

    private static final String UPLOAD = "git-upload-pack";
    private static final String RECEIVE = "git-receive-pack";

    /**
     * How the server answers.
     *
     * @param port 0 for any that is free
     * @param tls null for plain HTTP
     * @param clientCertificate whether a client must show a certificate that the context trusts
     * @param authorized asked for the Authorization header, {@code ""} where there is none
     */
    public record Options(
            int port,
            @Nullable SSLContext tls,
            boolean clientCertificate,
            Predicate<String> authorized) {

        /** Plain HTTP on any free port, open to everyone. */
        public static Options open() {
            return new Options(0, null, false, header -> true);
        }

        public Options withPort(int fixed) {
            return new Options(fixed, tls, clientCertificate, authorized);
        }

        public Options withTls(SSLContext context, boolean needClientCertificate) {
            return new Options(port, context, needClientCertificate, authorized);
        }

        /** Only for requests with exactly this Authorization header. */
        public Options withAuthorization(String header) {
            return new Options(port, tls, clientCertificate, header::equals);
        }
    }

    private final BareRepositories repositories;
    private final Options options;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    private GitHttpServer(Path directory, Options options, HttpServer server) {
        this.repositories = new BareRepositories(directory);
        this.options = options;
        this.server = server;
    }

    /** Serves what lies in the directory now or later. */
    public static GitHttpServer start(Path directory, Options options) throws IOException {
        InetSocketAddress address =
                new InetSocketAddress(InetAddress.getLoopbackAddress(), options.port());
        HttpServer server =
                options.tls() == null ? HttpServer.create(address, 0) : https(address, options);
        GitHttpServer started = new GitHttpServer(directory, options, server);
        server.setExecutor(started.threads);
        server.createContext("/", started::answer);
        server.start();
        return started;
    }

    private static HttpServer https(InetSocketAddress address, Options options) throws IOException {
        HttpsServer server = HttpsServer.create(address, 0);
        server.setHttpsConfigurator(
                new HttpsConfigurator(options.tls()) {
                    @Override
                    public void configure(HttpsParameters parameters) {
                        SSLParameters ssl = getSSLContext().getDefaultSSLParameters();
                        ssl.setNeedClientAuth(options.clientCertificate());
                        parameters.setSSLParameters(ssl);
                    }
                });
        return server;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** The URL of a repository; the name without {@code .git}. */
    public String url(String name) {
        return "%s://127.0.0.1:%d/%s.git"
                .formatted(options.tls() == null ? "http" : "https", port(), name);
    }

    /** Method and path of every request so far. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            String authorization = exchange.getRequestHeaders().getFirst("Authorization");
            if (!options.authorized().test(authorization == null ? "" : authorization)) {
                exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"git\"");
                exchange.sendResponseHeaders(401, -1);
                return;
            }
            serve(exchange);
        }
    }

    private void serve(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        int slash =
                path.endsWith("/info/refs")
                        ? path.length() - "/info/refs".length()
                        : path.lastIndexOf('/');
        String action = path.substring(slash + 1);
        try (Repository repository = repositories.open(path.substring(0, slash))) {
            switch (action) {
                case "info/refs" ->
                        advertise(exchange, repository, query.substring(query.indexOf('=') + 1));
                case UPLOAD -> upload(exchange, repository);
                case RECEIVE -> receive(exchange, repository);
                default -> exchange.sendResponseHeaders(404, -1);
            }
        } catch (RepositoryNotFoundException e) {
            exchange.sendResponseHeaders(404, -1);
        }
    }

    private static void advertise(HttpExchange exchange, Repository repository, String service)
            throws IOException {
        exchange.getResponseHeaders()
                .set("Content-Type", "application/x-" + service + "-advertisement");
        exchange.getResponseHeaders().set("Cache-Control", "no-cache");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            PacketLineOut lines = new PacketLineOut(out);
            PacketLineOutRefAdvertiser advertiser = new PacketLineOutRefAdvertiser(lines);
            if (service.equals(RECEIVE)) {
                lines.writeString("# service=" + service + "\n");
                lines.end();
                ReceivePack pack = receivePack(repository);
                pack.sendAdvertisedRefs(advertiser);
            } else {
                try (UploadPack pack = uploadPack(exchange, repository)) {
                    pack.sendAdvertisedRefs(advertiser, service);
                }
            }
        }
    }

    private static void upload(HttpExchange exchange, Repository repository) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/x-git-upload-pack-result");
        exchange.sendResponseHeaders(200, 0);
        try (InputStream in = body(exchange);
                OutputStream out = exchange.getResponseBody();
                UploadPack pack = uploadPack(exchange, repository)) {
            pack.upload(in, out, null);
        }
    }

    private static void receive(HttpExchange exchange, Repository repository) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/x-git-receive-pack-result");
        exchange.sendResponseHeaders(200, 0);
        try (InputStream in = body(exchange);
                OutputStream out = exchange.getResponseBody()) {
            receivePack(repository).receive(in, out, null);
        }
    }

    private static UploadPack uploadPack(HttpExchange exchange, Repository repository) {
        UploadPack pack = new UploadPack(repository);
        pack.setBiDirectionalPipe(false);
        String protocol = exchange.getRequestHeaders().getFirst("Git-Protocol");
        if (protocol != null) {
            pack.setExtraParameters(List.of(protocol.split(":")));
        }
        return pack;
    }

    private static ReceivePack receivePack(Repository repository) {
        ReceivePack pack = new ReceivePack(repository);
        pack.setBiDirectionalPipe(false);
        return pack;
    }

    private static InputStream body(HttpExchange exchange) throws IOException {
        boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        return zipped ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody();
    }
}
