package dev.sluice.fetcher.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.fetcher.http.HostGate;
import dev.sluice.fetcher.http.ProxyAddress;
import dev.sluice.testkit.git.GitHttpServer;
import dev.sluice.testkit.git.SampleRepository;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {

    @TempDir Path directory;

    private final Identity server = new Identity("server");
    private final Identity client = new Identity("client");

    @Test
    void trustsTheAuthorityOfTheSecretAndNoOther() throws Exception {
        commit();
        try (GitHttpServer git =
                GitHttpServer.start(
                        directory, GitHttpServer.Options.open().withTls(context(), false))) {
            assertThat(commits(git, Map.of("ca.crt", server.pem()))).containsKey("refs/heads/main");
            assertThatThrownBy(() -> commits(git, Map.of())).isInstanceOf(GitFailure.class);
            assertThatThrownBy(() -> commits(git, Map.of("ca.crt", client.pem())))
                    .isInstanceOf(GitFailure.class);
        }
    }

    @Test
    void showsItsCertificateWhereTheServerAsks() throws Exception {
        commit();
        try (GitHttpServer git =
                GitHttpServer.start(
                        directory, GitHttpServer.Options.open().withTls(context(), true))) {
            Map<String, byte[]> both =
                    Map.of(
                            "ca.crt",
                            server.pem(),
                            "tls.crt",
                            client.pem(),
                            "tls.key",
                            client.keyPem());

            assertThat(commits(git, both)).containsKey("refs/heads/main");
            assertThatThrownBy(() -> commits(git, Map.of("ca.crt", server.pem())))
                    .isInstanceOf(GitFailure.class);
        }
    }

    @Test
    void aCertificateWithoutItsKeyIsOfNoUse() {
        assertThatThrownBy(() ->
                        GitCredentials.ofSecret("git", false, Map.of("tls.crt", client.pem())))
                .isInstanceOf(GitFailure.class)
                .hasMessageContaining("tls.key");
    }

    private Map<String, String> commits(GitHttpServer git, Map<String, byte[]> secret)
            throws Exception {
        GitCredentials credentials = GitCredentials.ofSecret("git", false, secret);
        GitRemote remote =
                GitRemote.of(
                        git.url("fleet"), credentials, ProxyAddress.NONE, Duration.ofSeconds(30));
        return new GitClient(
                        directory.resolve("kept"),
                        new HostGate(4, Clock.systemUTC()),
                        Clock.systemUTC())
                .lsRemote(remote)
                .commits();
    }

    private void commit() throws Exception {
        try (SampleRepository repository = SampleRepository.in(directory, "fleet")) {
            repository.commit("one", Map.of("a", "1"));
        }
    }

    private SSLContext context() throws Exception {
        KeyStore own = KeyStore.getInstance("PKCS12");
        own.load(null, null);
        own.setKeyEntry(
                "server",
                server.key.getPrivate(),
                new char[0],
                new Certificate[] {server.certificate});
        KeyManagerFactory keys =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, new char[0]);
        KeyStore known = KeyStore.getInstance("PKCS12");
        known.load(null, null);
        known.setCertificateEntry("client", client.certificate);
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(known);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    /** A key and a certificate that signs itself, good for 127.0.0.1. */
    private static final class Identity {

        private final KeyPair key;
        private final X509Certificate certificate;

        Identity(String name) {
            try {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
                generator.initialize(256);
                key = generator.generateKeyPair();
                X500Name subject = new X500Name("CN=" + name);
                Instant now = Instant.now();
                JcaX509v3CertificateBuilder builder =
                        new JcaX509v3CertificateBuilder(
                                subject,
                                BigInteger.ONE,
                                Date.from(now.minusSeconds(3600)),
                                Date.from(now.plusSeconds(3600)),
                                subject,
                                key.getPublic());
                builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
                builder.addExtension(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(new GeneralName(GeneralName.iPAddress, "127.0.0.1")));
                certificate =
                        new JcaX509CertificateConverter()
                                .getCertificate(
                                        builder.build(
                                                new JcaContentSignerBuilder("SHA256withECDSA")
                                                        .build(key.getPrivate())));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        byte[] pem() {
            return pem(certificate);
        }

        byte[] keyPem() {
            try {
                return pem(new JcaPKCS8Generator(key.getPrivate(), null));
            } catch (java.io.IOException e) {
                throw new IllegalStateException(e);
            }
        }

        private static byte[] pem(Object object) {
            StringWriter text = new StringWriter();
            try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
                writer.writeObject(object);
            } catch (java.io.IOException e) {
                throw new IllegalStateException(e);
            }
            return text.toString().getBytes(UTF_8);
        }
    }
}
