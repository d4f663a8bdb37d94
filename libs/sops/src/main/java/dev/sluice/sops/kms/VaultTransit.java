package dev.sluice.sops.kms;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
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
    private final VaultAddresses allowed;

    /**
     * @param allowed where credentials may be sent; a key Secret may name one more for its own
     *     token
     */
    public VaultTransit(HttpCalls http, VaultAddresses allowed) {
        this.http = http;
        this.allowed = allowed;
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
        String address = VaultAddresses.withoutSlash(key.field("vault_address"));
        String token = token(address, credentials);
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

    private String token(String address, Credentials credentials)
            throws KeyServiceException, InterruptedException {
        boolean ownAddress =
                credentials
                        .vaultAddress()
                        .map(VaultAddresses::withoutSlash)
                        .filter(address::equals)
                        .isPresent();
        if (!allowed.allows(address) && !ownAddress) {
            throw new KeyServiceException(
                    "no credential is sent to the Vault address "
                            + address
                            + ": it is neither on the operator's list nor in the entry sops.vault-address of the key Secret",
                    false);
        }
        if (credentials.vaultToken().isPresent()) {
            return credentials.vaultToken().get();
        }
        return switch (credentials.identity()) {
            case WorkloadIdentity.ThisProcess process
                    when !process.variable("VAULT_TOKEN").isEmpty() ->
                    process.variable("VAULT_TOKEN");
            case WorkloadIdentity.ServiceAccount account -> loggedIn(address, account);
            default ->
                    throw new KeyServiceException(
                            "there is no Vault token (entry sops.vault-token of the key Secret)",
                            false);
        };
    }

    /** The role is named for the service account, as Flux has it. */
    private String loggedIn(String address, WorkloadIdentity.ServiceAccount account)
            throws KeyServiceException, InterruptedException {
        String path =
                allowed.login(address)
                        .orElseThrow(() ->
                                new KeyServiceException(
                                        "no login path is set up for the Vault address " + address,
                                        false));
        String role = account.namespace() + '_' + account.name();
        Map<String, String> body =
                Map.of("role", role, "jwt", account.tokens().forAudience(address));
        HttpRequest request =
                HttpCalls.request(address + "/v1/" + segments(path))
                        .header("X-Vault-Request", "true")
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(http.body(body)))
                        .build();
        return HttpCalls.text(http.send(request), "auth", "client_token");
    }

    /** Nothing that leaves the engine: no dots alone, no query. */
    private static String segments(String path) throws KeyServiceException {
        String trimmed = VaultAddresses.withoutSlash(path);
        for (String segment : List.of(trimmed.split("/", -1))) {
            if (!SEGMENT.matcher(segment).matches()) {
                throw new KeyServiceException(
                        "the engine path or the key name has characters that are not allowed",
                        false);
            }
        }
        return trimmed;
    }
}
