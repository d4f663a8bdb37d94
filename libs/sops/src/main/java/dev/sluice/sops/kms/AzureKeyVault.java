package dev.sluice.sops.kms;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.yaml.Node;
import dev.sluice.yaml.YamlException;
import dev.sluice.yaml.YamlReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Azure Key Vault by its REST API, with a client secret of the key Secret. The vault's address
 * comes from the file: the token is sent to hosts of Azure's own clouds alone, or to those of the
 * allow-list.
 */
public final class AzureKeyVault implements KeyService {
    /** Entra's login service of the public cloud. */
    public static final URI LOGIN = URI.create("https://login.microsoftonline.com");

    private static final String PROVIDER = "azure_kv";
    private static final String VERSION = "7.4";
    private static final String ALGORITHM = "RSA-OAEP-256";
    private static final Pattern AZURE_VAULT =
            Pattern.compile(
                    "https://[a-zA-Z0-9-]+[.](vault[.]azure[.]net|managedhsm[.]azure[.]net|vault[.]azure[.]cn|vault[.]usgovcloudapi[.]net)");
    private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9-]+");

    private final HttpCalls http;
    private final URI login;
    private final Set<String> allowed;

    /**
     * @param login {@link #LOGIN}, or another cloud's or a test's
     * @param allowed further vault addresses
     */
    public AzureKeyVault(HttpCalls http, URI login, Set<String> allowed) {
        this.http = http;
        this.login = login;
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
        String secret =
                credentials
                        .azureKeyVault()
                        .orElseThrow(() ->
                                new KeyServiceException(
                                        "there is no Azure credential (entry sops.azure-kv of the key Secret)",
                                        false));
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
                        .header("Authorization", "Bearer " + token(secret, vault))
                        .header("Content-Type", "application/json")
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        http.body(Map.of("alg", ALGORITHM, "value", value))))
                        .build();
        return HttpCalls.text(http.send(request), "value");
    }

    private String token(String secret, String vault)
            throws KeyServiceException, InterruptedException {
        Node root = parsed(secret);
        String tenant = field(root, "tenantId", "tenant");
        String client = field(root, "clientId", "appId");
        String password = field(root, "clientSecret", "password");
        if (!SEGMENT.matcher(tenant).matches()) {
            throw new KeyServiceException(
                    "the tenant of the entry sops.azure-kv is not valid", false);
        }
        String domain = vault.replaceFirst("^https?://[^.]+[.]", "").replaceAll("[:/].*", "");
        String form =
                "grant_type=client_credentials&client_id="
                        + encoded(client)
                        + "&client_secret="
                        + encoded(password)
                        + "&scope="
                        + encoded("https://" + domain + "/.default");
        HttpRequest request =
                HttpCalls.request(login.resolve("/" + tenant + "/oauth2/v2.0/token").toString())
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build();
        JsonNode answer = http.send(request);
        return HttpCalls.text(answer, "access_token");
    }

    private static Node parsed(String secret) {
        try {
            return YamlReader.MANIFEST.read(secret);
        } catch (YamlException e) {
            return Node.mapping();
        }
    }

    private static String field(Node root, String name, String otherName)
            throws KeyServiceException {
        @Nullable String value = root.text(name);
        return Optional.ofNullable(value == null ? root.text(otherName) : value)
                .orElseThrow(() ->
                        new KeyServiceException(
                                "the entry sops.azure-kv has no "
                                        + name
                                        + "; a client secret is the only kind that is supported",
                                false));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
