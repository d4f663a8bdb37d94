package dev.sluice.sops.kms;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;

/** Google Cloud KMS by its REST API. */
public final class GcpKms implements KeyService {
    private static final String PROVIDER = "gcp_kms";
    private static final Pattern RESOURCE =
            Pattern.compile(
                    "projects/[\\w.:-]+/locations/[\\w-]+/keyRings/[\\w-]+/cryptoKeys/[\\w-]+");

    private final HttpCalls http;
    private final GcpAccess access;
    private final URI endpoint;

    public GcpKms(HttpCalls http, Clock clock, GcpEndpoints endpoints) {
        this.http = http;
        this.access = new GcpAccess(http, clock, endpoints);
        this.endpoint = endpoints.kms();
    }

    @Override
    public boolean serves(WrappedKey key) {
        return key.provider().equals(PROVIDER);
    }

    @Override
    public byte[] unwrap(WrappedKey key, Credentials credentials)
            throws KeyServiceException, InterruptedException {
        return HttpCalls.bytes(
                HttpCalls.text(
                        call(key, "decrypt", Map.of("ciphertext", key.wrapped()), credentials),
                        "plaintext"));
    }

    @Override
    public String wrap(WrappedKey key, byte[] dataKey, Credentials credentials)
            throws KeyServiceException, InterruptedException {
        String plaintext = Base64.getEncoder().encodeToString(dataKey);
        return HttpCalls.text(
                call(key, "encrypt", Map.of("plaintext", plaintext), credentials), "ciphertext");
    }

    private JsonNode call(
            WrappedKey key, String verb, Map<String, String> body, Credentials credentials)
            throws KeyServiceException, InterruptedException {
        String resource = key.field("resource_id");
        if (!RESOURCE.matcher(resource).matches()) {
            throw new KeyServiceException("the resource name of the key is not valid", false);
        }
        HttpRequest request =
                HttpCalls.request(endpoint.resolve("/v1/" + resource + ':' + verb).toString())
                        .header("Authorization", "Bearer " + access.token(credentials))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(http.body(body)))
                        .build();
        return http.send(request);
    }
}
