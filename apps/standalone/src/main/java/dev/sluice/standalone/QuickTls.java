package dev.sluice.standalone;

import io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import io.vertx.core.Vertx;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.spi.tls.SslContextFactory;
import io.vertx.ext.web.client.WebClientOptions;
import jakarta.enterprise.inject.spi.CDI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Connections to API servers that ask for ChaCha20-Poly1305 first. The quick compiler, which this
 * process is run with, uses no processor instructions for AES-GCM: it is four times slower there,
 * and was a third of the event loops' work. Everything else is as the client makes it.
 */
public final class QuickTls extends VertxHttpClientFactory {

    private static final List<String> FIRST =
            List.of(
                    "TLS_CHACHA20_POLY1305_SHA256",
                    "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
                    "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    /** Made by the client's service loader. */
    public QuickTls() {
        super(running());
    }

    /** The event loops that run already; null before they do: then the client makes its own. */
    private static @Nullable Vertx running() {
        try {
            return CDI.current().select(Vertx.class).get();
        } catch (IllegalStateException e) {
            return null;
        }
    }

    /** Above the factory of the platform. */
    @Override
    public int priority() {
        return 2;
    }

    @Override
    protected void additionalConfig(WebClientOptions options) {
        if (options.getSslEngineOptions() instanceof JdkSSLEngineOptions engine) {
            options.setSslEngineOptions(new Preferring(engine.sslContextFactory()));
        }
    }

    private static final class Preferring extends JdkSSLEngineOptions {

        private final SslContextFactory made;

        Preferring(SslContextFactory made) {
            this.made = made;
        }

        @Override
        public JdkSSLEngineOptions copy() {
            return this;
        }

        @Override
        public SslContextFactory sslContextFactory() {
            return () -> preferring(made.create());
        }
    }

    private static SslContext preferring(SslContext made) throws SSLException {
        if (!(made instanceof JdkSslContext platform)) {
            return made;
        }
        SSLEngine engine = platform.newEngine(UnpooledByteBufAllocator.DEFAULT);
        SequencedSet<String> suites = new LinkedHashSet<>(FIRST);
        suites.addAll(List.of(engine.getEnabledCipherSuites()));
        return new JdkSslContext(
                platform.context(),
                true,
                suites,
                SupportedCipherSuiteFilter.INSTANCE,
                ApplicationProtocolConfig.DISABLED,
                ClientAuth.NONE,
                engine.getEnabledProtocols(),
                false);
    }
}
