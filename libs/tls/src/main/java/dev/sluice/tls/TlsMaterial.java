package dev.sluice.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.jspecify.annotations.Nullable;

/**
 * What a Secret says of a connection's certificates, all in PEM; empty where it says nothing.
 *
 * @param authorities whom to trust beside the platform's authorities
 * @param certificate what to show, its chain behind it
 * @param key the private key of it
 */
public record TlsMaterial(String authorities, String certificate, String key) {

    public static final TlsMaterial NONE = new TlsMaterial("", "", "");

    /**
     * Reads a Secret's content: {@code ca.crt}, {@code tls.crt} and {@code tls.key}, or their older
     * names {@code caFile}, {@code certFile} and {@code keyFile}.
     */
    public static TlsMaterial of(Map<String, byte[]> secret) {
        return new TlsMaterial(
                text(secret, "ca.crt", "caFile"),
                text(secret, "tls.crt", "certFile"),
                text(secret, "tls.key", "keyFile"));
    }

    private static String text(Map<String, byte[]> secret, String key, String older) {
        byte[] value = secret.containsKey(key) ? secret.get(key) : secret.get(older);
        return value == null ? "" : new String(value, StandardCharsets.UTF_8);
    }

    public boolean isEmpty() {
        return authorities.isBlank() && certificate.isBlank();
    }

    /** A context of it, and of the platform's authorities. */
    public SSLContext context() throws GeneralSecurityException, IOException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keyManagers(), trustManagers(), new SecureRandom());
        return context;
    }

    /** What proves who we are; null for nothing. */
    public KeyManager @Nullable [] keyManagers() throws GeneralSecurityException, IOException {
        if (certificate.isBlank()) {
            return null;
        }
        KeyStore store = emptyStore();
        store.setKeyEntry(
                "client",
                privateKey(),
                new char[0],
                certificates(certificate).toArray(new Certificate[0]));
        KeyManagerFactory factory =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, new char[0]);
        return factory.getKeyManagers();
    }

    /**
     * Whom we trust: the given authorities beside the platform's; null for the platform's alone.
     */
    public TrustManager @Nullable [] trustManagers() throws GeneralSecurityException, IOException {
        if (authorities.isBlank()) {
            return null;
        }
        KeyStore store = emptyStore();
        int number = 0;
        for (Certificate authority : certificates(authorities)) {
            store.setCertificateEntry("authority-" + number++, authority);
        }
        for (TrustManager manager : managers(null)) {
            if (manager instanceof X509TrustManager platform) {
                for (Certificate authority : platform.getAcceptedIssuers()) {
                    store.setCertificateEntry("platform-" + number++, authority);
                }
            }
        }
        return managers(store);
    }

    private static TrustManager[] managers(@Nullable KeyStore store)
            throws GeneralSecurityException {
        TrustManagerFactory factory =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private PrivateKey privateKey() throws IOException {
        try (PEMParser parser = new PEMParser(new StringReader(key))) {
            JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
            for (Object part = parser.readObject(); part != null; part = parser.readObject()) {
                switch (part) {
                    case PEMKeyPair pair -> {
                        return converter.getPrivateKey(pair.getPrivateKeyInfo());
                    }
                    case PrivateKeyInfo info -> {
                        return converter.getPrivateKey(info);
                    }
                    default -> {}
                }
            }
        }
        throw new IOException("tls.key holds no private key in PEM");
    }

    private static Collection<? extends Certificate> certificates(String pem)
            throws GeneralSecurityException {
        byte[] bytes = pem.getBytes(StandardCharsets.US_ASCII);
        return CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(bytes));
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        return store;
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "TlsMaterial";
    }
}
