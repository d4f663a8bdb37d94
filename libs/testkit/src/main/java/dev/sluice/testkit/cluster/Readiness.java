package dev.sluice.testkit.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Asks the API server whether it is ready, until it is. */
final class Readiness {

    private static final Duration BETWEEN = Duration.ofMillis(100);

    private final String server;
    private final String token;
    private final Path directory;

    Readiness(String server, String token, Path directory) {
        this.server = server;
        this.token = token;
        this.directory = directory;
    }

    void await(Duration patience, BooleanSupplier alive) throws ControlPlaneException {
        long end = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < end) {
            if (!alive.getAsBoolean()) {
                throw new ControlPlaneException(
                        "the control plane ended; its logs are in " + directory);
            }
            if (isReady()) {
                return;
            }
            LockSupport.parkNanos(BETWEEN.toNanos());
        }
        throw new ControlPlaneException(
                "the control plane was not ready within %d s; its logs are in %s"
                        .formatted(patience.toSeconds(), directory));
    }

    private boolean isReady() {
        Path certificate = directory.resolve("certs/apiserver.crt");
        if (!Files.exists(certificate)) {
            return false;
        }
        try (HttpClient client =
                HttpClient.newBuilder().sslContext(trusting(certificate)).build()) {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(server + "/readyz"))
                            .header("Authorization", "Bearer " + token)
                            .timeout(Duration.ofSeconds(5))
                            .build();
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body().equals("ok");
        } catch (IOException | GeneralSecurityException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static SSLContext trusting(Path certificate)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int number = 0;
        try (InputStream in = Files.newInputStream(certificate)) {
            for (var each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("apiserver-" + number++, each);
            }
        }
        TrustManagerFactory factory =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }
}
