package dev.sluice.sops.kms;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;

/** Google Cloud KMS by its REST API, with the service account of the key Secret. */
public final class GcpKms implements KeyService {
    /** Google's own address. */
    public static final URI ENDPOINT = URI.create("https://cloudkms.googleapis.com");

    private static final String PROVIDER = "gcp_kms";
    private static final Pattern RESOURCE =
            Pattern.compile(
                    "projects/[\\w.:-]+/locations/[\\w-]+/keyRings/[\\w-]+/cryptoKeys/[\\w-]+");

    private final HttpCalls http;
    private final GcpAccess access;
    private final URI endpoint;

    /**
     * @param endpoint {@link #ENDPOINT}, or another for tests
     * @param tokenEndpoint {@link GcpAccess#ENDPOINT}; what the service account's file says of it
     *     is not followed
     */
    public GcpKms(HttpCalls http, Clock clock, URI endpoint, URI tokenEndpoint) {
        this.http = http;
        this.access = new GcpAccess(http, clock, tokenEndpoint);
        this.endpoint = endpoint;
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
        String account =
                credentials
                        .gcpKms()
                        .orElseThrow(() ->
                                new KeyServiceException(
                                        "there is no Google service account (entry sops.gcp-kms of the key Secret)",
                                        false));
        HttpRequest request =
                HttpCalls.request(endpoint.resolve("/v1/" + resource + ':' + verb).toString())
                        .header("Authorization", "Bearer " + access.token(account))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(http.body(body)))
                        .build();
        return http.send(request);
    }
}
