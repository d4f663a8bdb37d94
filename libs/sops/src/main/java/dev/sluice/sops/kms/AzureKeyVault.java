package dev.sluice.sops.kms;

import java.net.http.HttpRequest;
import java.time.Clock;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Azure Key Vault by its REST API. The vault's address comes from the file: the token is sent to
 * hosts of Azure's own clouds alone, or to those of the allow-list.
 */
public final class AzureKeyVault implements KeyService {
    private static final String PROVIDER = "azure_kv";
    private static final String VERSION = "7.4";
    private static final String ALGORITHM = "RSA-OAEP-256";
    private static final Pattern AZURE_VAULT =
            Pattern.compile(
                    "https://[a-zA-Z0-9-]+[.](vault[.]azure[.]net|managedhsm[.]azure[.]net|vault[.]azure[.]cn|vault[.]usgovcloudapi[.]net)");
    private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9-]+");

    private final HttpCalls http;
    private final AzureAccess access;
    private final Set<String> allowed;

    /**
     * @param allowed further vault addresses
     */
    public AzureKeyVault(
            HttpCalls http, Clock clock, AzureEndpoints endpoints, Set<String> allowed) {
        this.http = http;
        this.access = new AzureAccess(http, clock, endpoints);
        this.allowed = Set.copyOf(allowed);
    }

    @Override
    public boolean serves(WrappedKey key) {
        return key.provider().equals(PROVIDER);
    }

    @Override
    public byte[] unwrap(WrappedKey key, Credentials credentials)
            throws KeyServiceException, InterruptedException {
        return HttpCalls.bytes(call(key, "decrypt", key.wrapped(), credentials));
    }

    @Override
    public String wrap(WrappedKey key, byte[] dataKey, Credentials credentials)
            throws KeyServiceException, InterruptedException {
        return call(
                key,
                "encrypt",
                Base64.getUrlEncoder().withoutPadding().encodeToString(dataKey),
                credentials);
    }

    private String call(WrappedKey key, String verb, String value, Credentials credentials)
            throws KeyServiceException, InterruptedException {
        String vault = key.field("vault_url").replaceAll("/$", "");
        if (!AZURE_VAULT.matcher(vault).matches() && !allowed.contains(vault)) {
            throw new KeyServiceException(
                    "the vault address " + vault + " is neither Azure's nor on the allow-list",
                    false);
        }
        if (!SEGMENT.matcher(key.field("name")).matches()
                || !SEGMENT.matcher(key.field("version")).matches()) {
            throw new KeyServiceException("the name or the version of the key is not valid", false);
        }
        String domain = vault.replaceFirst("^https?://[^.]+[.]", "").replaceAll("[:/].*", "");
        String token = access.token(credentials, "https://" + domain);
        String address =
                vault
                        + "/keys/"
                        + key.field("name")
                        + '/'
                        + key.field("version")
                        + '/'
                        + verb
                        + "?api-version="
                        + VERSION;
        HttpRequest request =
                HttpCalls.request(address)
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        http.body(Map.of("alg", ALGORITHM, "value", value))))
                        .build();
        return HttpCalls.text(http.send(request), "value");
    }
}
