package dev.sluice.notifier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.fluxapi.LocalReference;
import dev.sluice.fluxapi.notification.Provider;
import dev.sluice.kubernetes.Cluster;
import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.notifier.provider.Access;
import dev.sluice.notifier.provider.Target;
import dev.sluice.notifier.provider.TellException;
import dev.sluice.tls.TlsMaterial;
import dev.sluice.yaml.JsonTrees;
import dev.sluice.yaml.YamlException;
import dev.sluice.yaml.YamlReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes a service of a Provider and its Secrets, which are read anew each time, in the Provider's
 * own namespace only.
 */
final class ProviderAccess {

    private static final Duration TIMEOUT = Duration.ofSeconds(15);
    private static final String ADDRESS = "address";

    private final Cluster cluster;

    ProviderAccess(Cluster cluster) {
        this.cluster = cluster;
    }

    /**
     * The service.
     *
     * @param commitStatus the name of the commit status; empty for none
     * @throws TellException where a Secret is missing or can't be used
     * @throws KubernetesException where the API server does not say
     */
    Target target(Provider provider, String commitStatus)
            throws TellException, KubernetesException {
        Provider.Spec spec = provider.spec();
        Map<String, byte[]> secret = secret(provider, spec.secretRef());
        Map<String, byte[]> certificates = secret(provider, spec.certSecretRef());
        String username = text(secret, "username");
        String password = text(secret, "password");
        // A name without a password says nothing, as in Flux.
        boolean user = !username.isEmpty() && !password.isEmpty();
        Access access =
                new Access(
                        user ? username : orEmpty(spec.username()),
                        password,
                        text(secret, "token"),
                        headers(secret),
                        secret,
                        proxy(provider, secret),
                        TlsMaterial.of(spec.certSecretRef() == null ? secret : certificates));
        String address = text(secret, ADDRESS);
        return new Target(
                spec.type(),
                provider.metadata().uid(),
                address.isEmpty() ? orEmpty(spec.address()) : address,
                orEmpty(spec.channel()),
                access,
                commitStatus,
                spec.timeout() == null ? TIMEOUT : spec.timeout().toDuration());
    }

    private String proxy(Provider provider, Map<String, byte[]> secret)
            throws TellException, KubernetesException {
        if (provider.spec().proxySecretRef() == null) {
            String old = text(secret, "proxy");
            return old.isEmpty() ? orEmpty(provider.spec().proxy()) : old;
        }
        Map<String, byte[]> proxy = secret(provider, provider.spec().proxySecretRef());
        String address = text(proxy, ADDRESS);
        String username = text(proxy, "username");
        if (username.isEmpty()) {
            return address;
        }
        try {
            URI uri = URI.create(address);
            return new URI(
                            uri.getScheme(),
                            username + ':' + text(proxy, "password"),
                            uri.getHost(),
                            uri.getPort(),
                            uri.getPath(),
                            null,
                            null)
                    .toString();
        } catch (IllegalArgumentException | java.net.URISyntaxException e) {
            throw later("the Secret of the proxy has no 'address' such as http://proxy:3128");
        }
    }

    private Map<String, byte[]> secret(Provider provider, @Nullable LocalReference reference)
            throws TellException, KubernetesException {
        if (reference == null) {
            return Map.of();
        }
        String namespace = provider.metadata().namespace();
        Optional<ObjectNode> found =
                cluster.get(cluster.resource("v1", "Secret"), namespace, reference.name());
        if (found.isEmpty()) {
            throw later("Secret '" + namespace + '/' + reference.name() + "' is not there");
        }
        Map<String, byte[]> content = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : found.get().path("data").properties()) {
            content.put(entry.getKey(), Base64.getDecoder().decode(entry.getValue().asText()));
        }
        return content;
    }

    private static Map<String, String> headers(Map<String, byte[]> secret) throws TellException {
        String text = text(secret, "headers");
        if (text.isEmpty()) {
            return Map.of();
        }
        try {
            Map<String, String> headers = new LinkedHashMap<>();
            JsonNode tree = JsonTrees.toJson(YamlReader.MANIFEST.read(text));
            for (Map.Entry<String, JsonNode> header : tree.properties()) {
                headers.put(header.getKey(), header.getValue().asText().strip());
            }
            return headers;
        } catch (YamlException e) {
            throw later("the key 'headers' of the Secret is no YAML map of names to texts");
        }
    }

    private static String text(Map<String, byte[]> secret, String key) {
        byte[] value = secret.get(key);
        return value == null ? "" : new String(value, StandardCharsets.UTF_8).strip();
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static TellException later(String message) {
        return new TellException(TellException.Prospect.PERHAPS_LATER, message);
    }
}
