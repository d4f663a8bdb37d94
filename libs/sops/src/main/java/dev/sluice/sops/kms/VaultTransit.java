package dev.sluice.sops.kms;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The transit engine of HashiCorp Vault and OpenBao.
 *
 * <p>The address comes from the file, and the token would go wherever a file's author likes: it is
 * sent to addresses of the allow-list alone.
 */
public final class VaultTransit implements KeyService {
    private static final String PROVIDER = "hc_vault";
    private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    private final HttpCalls http;
    private final Set<String> allowed;

    /**
     * @param allowed addresses that tokens may be sent to, for example {@code
     *     https://vault.example.org:8200}
     */
    public VaultTransit(HttpCalls http, Set<String> allowed) {
        this.http = http;
        this.allowed = Set.copyOf(allowed.stream().map(VaultTransit::withoutSlash).toList());
    }

    @Override
    public boolean serves(WrappedKey key) {
        return key.provider().equals(PROVIDER);
    }

    @Override
    public byte[] unwrap(WrappedKey key, Credentials credentials)
            throws KeyServiceException, InterruptedException {
        JsonNode answer = call(key, "decrypt", Map.of("ciphertext", key.wrapped()), credentials);
        return HttpCalls.bytes(HttpCalls.text(answer, "data", "plaintext"));
    }

    @Override
    public String wrap(WrappedKey key, byte[] dataKey, Credentials credentials)
            throws KeyServiceException, InterruptedException {
        JsonNode answer =
                call(
                        key,
                        "encrypt",
                        Map.of("plaintext", Base64.getEncoder().encodeToString(dataKey)),
                        credentials);
        return HttpCalls.text(answer, "data", "ciphertext");
    }

    private JsonNode call(
            WrappedKey key, String verb, Map<String, String> body, Credentials credentials)
            throws KeyServiceException, InterruptedException {
        String address = withoutSlash(key.field("vault_address"));
        if (!allowed.contains(address)) {
            throw new KeyServiceException(
                    "the Vault address " + address + " is not on the allow-list", false);
        }
        String token =
                credentials
                        .vaultToken()
                        .orElseThrow(() ->
                                new KeyServiceException(
                                        "there is no Vault token (entry sops.vault-token of the key Secret)",
                                        false));
        String engine = segments(key.field("engine_path"));
        String name = segments(key.field("key_name"));
        HttpRequest request =
                HttpCalls.request(address + "/v1/" + engine + '/' + verb + '/' + name)
                        .header("X-Vault-Token", token)
                        .header("X-Vault-Request", "true")
                        .header("Content-Type", "application/json")
                        .PUT(HttpRequest.BodyPublishers.ofString(http.body(body)))
                        .build();
        return http.send(request);
    }

    /** Nothing that leaves the engine: no dots alone, no query. */
    private static String segments(String path) throws KeyServiceException {
        String trimmed = withoutSlash(path);
        for (String segment : List.of(trimmed.split("/", -1))) {
            if (!SEGMENT.matcher(segment).matches()) {
                throw new KeyServiceException(
                        "the engine path or the key name has characters that are not allowed",
                        false);
            }
        }
        return trimmed;
    }

    private static String withoutSlash(String text) {
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }
}
