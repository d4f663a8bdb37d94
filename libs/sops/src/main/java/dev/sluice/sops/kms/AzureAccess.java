package dev.sluice.sops.kms;

import dev.sluice.yaml.Node;
import dev.sluice.yaml.YamlException;
import dev.sluice.yaml.YamlReader;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Access tokens of Entra ID, by OAuth 2.0's grant for clients: proven by a secret, a certificate,
 * or a token of a federated issuer; or by the machine's managed identity.
 */
final class AzureAccess {
    private static final String CLIENT_ANNOTATION = "azure.workload.identity/client-id";
    private static final String TENANT_ANNOTATION = "azure.workload.identity/tenant-id";
    private static final String AUDIENCE = "api://AzureADTokenExchange";
    private static final Duration LIFETIME = Duration.ofMinutes(10);
    private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9.-]+");
    private static final Pattern LOGIN_HOST =
            Pattern.compile(
                    "https://login[.](microsoftonline[.](com|us)|chinacloudapi[.]cn|partner[.]microsoftonline[.]cn)");

    private final HttpCalls http;
    private final Clock clock;
    private final AzureEndpoints endpoints;

    AzureAccess(HttpCalls http, Clock clock, AzureEndpoints endpoints) {
        this.http = http;
        this.clock = clock;
        this.endpoints = endpoints;
    }

    /**
     * A token for one piece of work.
     *
     * @param resource whose tokens are wanted, for example {@code https://vault.azure.net}
     */
    String token(Credentials credentials, String resource)
            throws KeyServiceException, InterruptedException {
        if (credentials.azureKeyVault().isPresent()) {
            return ofEntry(parsed(credentials.azureKeyVault().get()), resource);
        }
        return switch (credentials.identity()) {
            case WorkloadIdentity.None _ ->
                    throw new KeyServiceException(
                            "there is no Azure credential (entry sops.azure-kv of the key Secret)",
                            false);
            case WorkloadIdentity.ThisProcess process -> ofProcess(process, resource);
            case WorkloadIdentity.ServiceAccount account ->
                    granted(
                            endpoints.login(),
                            account.annotation(TENANT_ANNOTATION),
                            resource,
                            federated(
                                    account.annotation(CLIENT_ANNOTATION),
                                    account.tokens().forAudience(AUDIENCE)));
        };
    }

    private String ofProcess(WorkloadIdentity.ThisProcess process, String resource)
            throws KeyServiceException, InterruptedException {
        String client = process.variable("AZURE_CLIENT_ID");
        String tenant = process.variable("AZURE_TENANT_ID");
        String secret = process.variable("AZURE_CLIENT_SECRET");
        String file = process.variable("AZURE_FEDERATED_TOKEN_FILE");
        if (!secret.isEmpty()) {
            return granted(
                    endpoints.login(),
                    tenant,
                    resource,
                    Map.of("client_id", client, "client_secret", secret));
        }
        if (file.isEmpty()) {
            return managed(client, resource);
        }
        try {
            String token = Files.readString(Path.of(file)).strip();
            return granted(endpoints.login(), tenant, resource, federated(client, token));
        } catch (IOException e) {
            throw new KeyServiceException(
                    "the file that AZURE_FEDERATED_TOKEN_FILE names cannot be read", false);
        }
    }

    /** The forms that Flux takes; the one with only {@code clientId} is a managed identity. */
    private String ofEntry(Node entry, String resource)
            throws KeyServiceException, InterruptedException {
        String tenant = text(entry, "tenantId", "tenant");
        String client = text(entry, "clientId", "appId");
        String secret = text(entry, "clientSecret", "password");
        String certificate = text(entry, "clientCertificate", "clientCertificate");
        if (client.isEmpty()) {
            throw new KeyServiceException("the entry sops.azure-kv has no clientId", false);
        }
        if (tenant.isEmpty() && secret.isEmpty() && certificate.isEmpty()) {
            return managed(client, resource);
        }
        URI login = login(text(entry, "authorityHost", "authorityHost"));
        return certificate.isEmpty()
                ? granted(
                        login,
                        tenant,
                        resource,
                        Map.of("client_id", client, "client_secret", secret))
                : granted(
                        login,
                        tenant,
                        resource,
                        federated(client, certified(login, tenant, client, certificate)));
    }

    private URI login(String authorityHost) throws KeyServiceException {
        String host = authorityHost.replaceAll("/+$", "");
        if (host.isEmpty()) {
            return endpoints.login();
        }
        if (!LOGIN_HOST.matcher(host).matches() && !host.equals(endpoints.login().toString())) {
            throw new KeyServiceException(
                    "the authorityHost of the entry sops.azure-kv is none of Azure's", false);
        }
        return URI.create(host);
    }

    private static Map<String, String> federated(String client, String assertion) {
        return Map.of(
                "client_id",
                client,
                "client_assertion_type",
                "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                "client_assertion",
                assertion);
    }

    private String certified(URI login, String tenant, String client, String pem)
            throws KeyServiceException {
        long now = clock.instant().getEpochSecond();
        Map<String, Object> claims = new TreeMap<>();
        claims.put("aud", tokenAddress(login, tenant).toString());
        claims.put("iss", client);
        claims.put("sub", client);
        claims.put("jti", UUID.randomUUID().toString());
        claims.put("nbf", now);
        claims.put("exp", now + LIFETIME.toSeconds());
        try {
            X509Certificate certificate = PemKeys.certificate(pem);
            String thumbprint =
                    Statement.base64(
                            MessageDigest.getInstance("SHA-1").digest(certificate.getEncoded()));
            return Statement.signed(http, Map.of("x5t", thumbprint), claims, PemKeys.rsa(pem));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new KeyServiceException(
                    "clientCertificate of the entry sops.azure-kv cannot be used: a certificate and its unencrypted PKCS #8 key in PEM are needed",
                    false);
        }
    }

    private String granted(URI login, String tenant, String resource, Map<String, String> proof)
            throws KeyServiceException, InterruptedException {
        Map<String, String> form = new TreeMap<>(proof);
        form.put("grant_type", "client_credentials");
        form.put("scope", resource + "/.default");
        return HttpCalls.text(
                http.send(HttpCalls.form(tokenAddress(login, tenant), form)), "access_token");
    }

    private static URI tokenAddress(URI login, String tenant) throws KeyServiceException {
        if (!SEGMENT.matcher(tenant).matches()) {
            throw new KeyServiceException("the Azure tenant is missing or not valid", false);
        }
        return login.resolve("/" + tenant + "/oauth2/v2.0/token");
    }

    private String managed(String client, String resource)
            throws KeyServiceException, InterruptedException {
        HttpRequest request =
                HttpCalls.request(
                                endpoints.metadata()
                                        + "/metadata/identity/oauth2/token?api-version=2018-02-01&resource="
                                        + encoded(resource)
                                        + (client.isEmpty() ? "" : "&client_id=" + encoded(client)))
                        .header("Metadata", "true")
                        .GET()
                        .build();
        return HttpCalls.text(http.send(request), "access_token");
    }

    private static Node parsed(String entry) {
        try {
            return YamlReader.MANIFEST.read(entry);
        } catch (YamlException e) {
            return Node.mapping();
        }
    }

    private static String text(Node entry, String name, String otherName) {
        @Nullable String value = entry.text(name);
        @Nullable String other = value == null ? entry.text(otherName) : value;
        return other == null ? "" : other;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
