package dev.sluice.fetcher.helm;

import dev.sluice.fetcher.http.ProxyAddress;
import dev.sluice.fetcher.http.WebAccess;
import dev.sluice.fetcher.http.WebAnswer;
import dev.sluice.fetcher.http.WebClient;
import dev.sluice.fetcher.source.SourceException;
import dev.sluice.fetcher.source.SourceSecrets;
import dev.sluice.fluxapi.ConditionTypes;
import dev.sluice.fluxapi.Reasons;
import dev.sluice.fluxapi.source.HelmRepository;
import dev.sluice.tls.TlsMaterial;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/**
 * A chart repository and what it is reached with. Credentials go to the repository's own host, and
 * to others only where the object says so.
 *
 * @param authorization the header's value; empty for none
 */
record RepositoryAccess(URI base, WebAccess web, String authorization, boolean passCredentials) {

    private static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(1);

    /**
     * As the object says, with the Secrets that it names.
     *
     * @throws SourceException where an address is none, or a Secret is missing or unusable
     */
    static RepositoryAccess of(HelmRepository object, SourceSecrets secrets)
            throws SourceException {
        HelmRepository.Spec spec = object.spec();
        String namespace = object.metadata().namespace();
        Map<String, byte[]> login = secrets.named(namespace, spec.secretRef());
        Map<String, byte[]> certificates =
                spec.certSecretRef() == null
                        ? login
                        : secrets.named(namespace, spec.certSecretRef());
        Duration timeout = spec.timeout() == null ? DEFAULT_TIMEOUT : spec.timeout().toDuration();
        return new RepositoryAccess(
                base(spec.url()),
                new WebAccess(TlsMaterial.of(certificates), false, ProxyAddress.NONE, timeout),
                authorization(login),
                spec.passCredentials());
    }

    private static URI base(String url) throws SourceException {
        try {
            URI uri = URI.create(url.endsWith("/") ? url : url + '/');
            if (uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // told below
        }
        throw SourceException.stalled(
                ConditionTypes.FETCH_FAILED, "URLInvalid", "'" + url + "' is no address");
    }

    private static String authorization(Map<String, byte[]> secret) throws SourceException {
        byte[] user = secret.get("username");
        byte[] password = secret.get("password");
        if (user == null && password == null) {
            return "";
        }
        if (user == null || password == null) {
            throw new SourceException(
                    ConditionTypes.FETCH_FAILED,
                    Reasons.AUTHENTICATION_FAILED,
                    "the Secret must have both username and password");
        }
        String pair =
                new String(user, StandardCharsets.UTF_8)
                        + ':'
                        + new String(password, StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    /** The address of a file of the repository, or of another host. */
    URI resolve(String reference) {
        URI address = base.resolve(reference);
        String query = base.getRawQuery();
        return query != null && address.getRawQuery() == null && sameHost(address)
                ? URI.create(address + "?" + query)
                : address;
    }

    /** Asks for a file. */
    WebAnswer get(WebClient client, URI address, String etag, long limit)
            throws IOException, InterruptedException {
        Map<String, String> headers = new HashMap<>();
        if (!authorization.isEmpty() && (passCredentials || sameHost(address))) {
            headers.put("Authorization", authorization);
        }
        if (!etag.isEmpty()) {
            headers.put("If-None-Match", etag);
        }
        return client.send(web, WebClient.Call.get(address, headers), limit);
    }

    private boolean sameHost(URI address) {
        return base.getScheme().equals(address.getScheme())
                && base.getHost().equals(address.getHost())
                && base.getPort() == address.getPort();
    }

    /** Never shows the credentials. */
    @Override
    public String toString() {
        return base.getScheme() + "://" + base.getHost() + base.getRawPath();
    }
}
