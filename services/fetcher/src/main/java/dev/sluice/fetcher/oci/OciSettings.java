package dev.sluice.fetcher.oci;

import dev.sluice.fetcher.http.ProxyAddress;
import dev.sluice.fetcher.http.WebAccess;
import dev.sluice.fetcher.source.SourceException;
import dev.sluice.fetcher.source.SourceSecrets;
import dev.sluice.fluxapi.ConditionTypes;
import dev.sluice.fluxapi.LocalReference;
import dev.sluice.fluxapi.Reasons;
import dev.sluice.tls.TlsMaterial;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a registry is reached by an object's spec: what its Secrets hold. */
public final class OciSettings {

    private final SourceSecrets secrets;

    public OciSettings(SourceSecrets secrets) {
        this.secrets = secrets;
    }

    /**
     * What a spec says of getting at a registry.
     *
     * @param namespace of the object and its Secrets
     * @param provider {@code generic}, or a cloud whose identity is to be used
     */
    public record Wish(
            String namespace,
            String provider,
            @Nullable LocalReference secretRef,
            @Nullable String serviceAccountName,
            @Nullable LocalReference certSecretRef,
            @Nullable LocalReference proxySecretRef,
            boolean insecure,
            Duration timeout) {}

    /** How the registry of that name is reached. */
    public RegistryAccess access(Wish wish, ImageName name) throws SourceException {
        if (!wish.provider().equals("generic") && !wish.provider().isEmpty()) {
            throw SourceException.stalled(
                    ConditionTypes.FETCH_FAILED,
                    "InvalidProviderConfiguration",
                    "spec.provider '%s' is not supported: name a Secret with credentials in spec.secretRef, or a ServiceAccount with image pull secrets"
                            .formatted(wish.provider()));
        }
        TlsMaterial tls = TlsMaterial.of(secrets.named(wish.namespace(), wish.certSecretRef()));
        ProxyAddress proxy = secrets.proxy(wish.namespace(), wish.proxySecretRef());
        boolean anyCertificate = wish.insecure() && wish.certSecretRef() == null;
        return new RegistryAccess(
                new WebAccess(tls, anyCertificate, proxy, wish.timeout()),
                credentials(wish, name),
                wish.insecure());
    }

    private RegistryCredentials credentials(Wish wish, ImageName name) throws SourceException {
        List<String> named = new ArrayList<>();
        if (wish.secretRef() != null) {
            named.add(wish.secretRef().name());
        }
        String account = wish.serviceAccountName();
        if (account != null && !account.isEmpty()) {
            named.addAll(secrets.pullSecrets(wish.namespace(), account));
        }
        for (String secret : named) {
            Map<String, byte[]> content =
                    secrets.named(wish.namespace(), new LocalReference(secret));
            try {
                Optional<RegistryCredentials> found = RegistryCredentials.of(content, name);
                if (found.isPresent()) {
                    return found.get();
                }
            } catch (IOException e) {
                throw failed(
                        "Secret '%s/%s': %s".formatted(wish.namespace(), secret, e.getMessage()));
            }
        }
        return RegistryCredentials.ANONYMOUS;
    }

    private static SourceException failed(String message) {
        return new SourceException(
                ConditionTypes.FETCH_FAILED, Reasons.AUTHENTICATION_FAILED, message);
    }
}
