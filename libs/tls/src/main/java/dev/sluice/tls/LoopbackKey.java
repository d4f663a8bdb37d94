package dev.sluice.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * The key of a server that answers on loopback and lives for minutes: made by the JDK's own
 * keytool, good for a day, trusted by nobody.
 */
public final class LoopbackKey {

    private static final String PASSWORD = "loopback";

    private LoopbackKey() {}

    /**
     * Makes a key and a certificate for {@code localhost}.
     *
     * @param folder where they lie for a moment
     */
    public static SSLContext context(Path folder) throws IOException, GeneralSecurityException {
        Path store = folder.resolve("loopback.p12");
        make(store);
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        } finally {
            Files.deleteIfExists(store);
        }
        KeyManagerFactory factory =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }

    private static void make(Path store) throws IOException {
        Process keytool =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-alias",
                                "loopback",
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=localhost",
                                "-validity",
                                "1",
                                "-storetype",
                                "PKCS12",
                                "-keystore",
                                store.toString(),
                                "-storepass",
                                PASSWORD)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try {
            keytool.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
