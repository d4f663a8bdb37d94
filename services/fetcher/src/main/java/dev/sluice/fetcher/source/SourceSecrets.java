package dev.sluice.fetcher.source;

import dev.sluice.fetcher.http.ProxyAddress;
import dev.sluice.fluxapi.ConditionTypes;
import dev.sluice.fluxapi.LocalReference;
import dev.sluice.fluxapi.Reasons;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the Secrets that sources name, each in the source's own namespace only. */
public final class SourceSecrets {

    private final KubernetesClient client;

    public SourceSecrets(KubernetesClient client) {
        this.client = client;
    }

    /**
     * The content of a Secret; empty if there is none.
     *
     * @throws KubernetesClientException if the API server does not say
     */
    public Optional<Map<String, byte[]>> find(String namespace, String name) {
        Secret secret = client.secrets().inNamespace(namespace).withName(name).get();
        if (secret == null) {
            return Optional.empty();
        }
        Map<String, byte[]> content = new TreeMap<>();
        if (secret.getData() != null) {
            secret.getData()
                    .forEach((key, value) -> content.put(key, Base64.getDecoder().decode(value)));
        }
        return Optional.of(content);
    }

    /**
     * The content of the Secret that a source names; empty where it names none.
     *
     * @throws SourceException where it can't be had: {@code AuthenticationFailed}
     */
    public Map<String, byte[]> named(String namespace, @Nullable LocalReference reference)
            throws SourceException {
        if (reference == null) {
            return Map.of();
        }
        String shown = namespace + "/" + reference.name();
        try {
            return find(namespace, reference.name())
                    .orElseThrow(() -> failed("Secret '%s' is not there".formatted(shown)));
        } catch (KubernetesClientException e) {
            throw failed("Secret '%s' can't be read: %s".formatted(shown, e.getMessage()));
        }
    }

    /** The proxy of the Secret that a source names. */
    public ProxyAddress proxy(String namespace, @Nullable LocalReference reference)
            throws SourceException {
        if (reference == null) {
            return ProxyAddress.NONE;
        }
        return ProxyAddress.of(named(namespace, reference))
                .orElseThrow(() ->
                        failed(
                                "Secret '%s' has no 'address' of a proxy such as http://proxy:3128"
                                        .formatted(reference.name())));
    }

    /** The names of the image pull Secrets of a ServiceAccount. */
    public List<String> pullSecrets(String namespace, String serviceAccount)
            throws SourceException {
        String shown = namespace + "/" + serviceAccount;
        try {
            ServiceAccount account =
                    client.serviceAccounts().inNamespace(namespace).withName(serviceAccount).get();
            if (account == null) {
                throw failed("ServiceAccount '%s' is not there".formatted(shown));
            }
            return account.getImagePullSecrets() == null
                    ? List.of()
                    : account.getImagePullSecrets().stream()
                            .map(reference -> reference.getName())
                            .toList();
        } catch (KubernetesClientException e) {
            throw failed("ServiceAccount '%s' can't be read: %s".formatted(shown, e.getMessage()));
        }
    }

    private static SourceException failed(String message) {
        return new SourceException(
                ConditionTypes.FETCH_FAILED, Reasons.AUTHENTICATION_FAILED, message);
    }
}
