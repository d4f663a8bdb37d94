package dev.sluice.sops.kms;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Access tokens for Google, by the standard grants of OAuth 2.0: a statement signed by a service
 * account (RFC 7523), a refresh token, a foreign token exchanged (RFC 8693), or what the machine's
 * metadata service hands out.
 */
final class GcpAccess {
    private static final String SCOPE = "https://www.googleapis.com/auth/cloudkms";
    private static final String PROVIDER_ANNOTATION =
            "gcp.auth.fluxcd.io/workload-identity-provider";
    private static final String ACCOUNT_ANNOTATION = "iam.gke.io/gcp-service-account";
    private static final Duration LIFETIME = Duration.ofMinutes(10);

    private final HttpCalls http;
    private final Clock clock;
    private final GcpEndpoints endpoints;

    GcpAccess(HttpCalls http, Clock clock, GcpEndpoints endpoints) {
        this.http = http;
        this.clock = clock;
        this.endpoints = endpoints;
    }

    /** A token for one piece of work. */
    String token(Credentials credentials) throws KeyServiceException, InterruptedException {
        if (credentials.gcpKms().isPresent()) {
            return ofJson(credentials.gcpKms().get());
        }
        return switch (credentials.identity()) {
            case WorkloadIdentity.None _ ->
                    throw new KeyServiceException(
                            "there is no Google credential (entry sops.gcp-kms of the key Secret)",
                            false);
            case WorkloadIdentity.ThisProcess process -> ofProcess(process);
            case WorkloadIdentity.ServiceAccount account -> ofAccount(account);
        };
    }

    private String ofProcess(WorkloadIdentity.ThisProcess process)
            throws KeyServiceException, InterruptedException {
        String token = process.variable("GOOGLE_OAUTH_ACCESS_TOKEN");
        if (!token.isEmpty()) {
            return token;
        }
        String file = process.variable("GOOGLE_APPLICATION_CREDENTIALS");
        if (!file.isEmpty()) {
            try {
                return ofJson(Files.readString(Path.of(file)));
            } catch (IOException e) {
                throw new KeyServiceException(
                        "the file that GOOGLE_APPLICATION_CREDENTIALS names cannot be read", false);
            }
        }
        HttpRequest request =
                HttpCalls.request(
                                endpoints.metadata()
                                        + "/computeMetadata/v1/instance/service-accounts/default/token")
                        .header("Metadata-Flavor", "Google")
                        .GET()
                        .build();
        return HttpCalls.text(http.send(request), "access_token");
    }

    /** The forms of credentials that Google's own tools write. */
    private String ofJson(String json) throws KeyServiceException, InterruptedException {
        JsonNode root = parsed(json);
        return switch (root.path("type").asText("service_account")) {
            case "service_account" -> stated(root);
            case "authorized_user" -> refreshed(root);
            case "external_account" -> exchanged(root);
            default ->
                    throw new KeyServiceException(
                            "the Google credential is of no kind that is supported (service_account, authorized_user, external_account)",
                            false);
        };
    }

    private String stated(JsonNode account) throws KeyServiceException, InterruptedException {
        return granted(
                Map.of(
                        "grant_type",
                        "urn:ietf:params:oauth:grant-type:jwt-bearer",
                        "assertion",
                        assertion(account)));
    }

    private String refreshed(JsonNode user) throws KeyServiceException, InterruptedException {
        return granted(
                Map.of(
                        "grant_type",
                        "refresh_token",
                        "client_id",
                        HttpCalls.text(user, "client_id"),
                        "client_secret",
                        HttpCalls.text(user, "client_secret"),
                        "refresh_token",
                        HttpCalls.text(user, "refresh_token")));
    }

    /**
     * The token lies in a file, as projected by Kubernetes; the addresses in it are not followed.
     */
    private String exchanged(JsonNode account) throws KeyServiceException, InterruptedException {
        String file = HttpCalls.text(account, "credential_source", "file");
        String token;
        try {
            token = Files.readString(Path.of(file)).strip();
        } catch (IOException e) {
            throw new KeyServiceException(
                    "the token file of the Google credential cannot be read", false);
        }
        String federated = federated(HttpCalls.text(account, "audience"), token);
        String actsAs = account.path("service_account_impersonation_url").asText();
        int name = actsAs.lastIndexOf("/serviceAccounts/");
        return name < 0
                ? federated
                : impersonated(
                        federated,
                        actsAs.substring(name + "/serviceAccounts/".length())
                                .replaceAll(":.*", ""));
    }

    private String ofAccount(WorkloadIdentity.ServiceAccount account)
            throws KeyServiceException, InterruptedException {
        String provider = account.annotation(PROVIDER_ANNOTATION).replaceFirst("^/+", "");
        String audience = "//iam.googleapis.com/" + provider;
        String federated = federated(audience, account.tokens().forAudience("https:" + audience));
        return account.annotations().containsKey(ACCOUNT_ANNOTATION)
                ? impersonated(federated, account.annotation(ACCOUNT_ANNOTATION))
                : federated;
    }

    private String federated(String audience, String token)
            throws KeyServiceException, InterruptedException {
        Map<String, String> form = new TreeMap<>();
        form.put("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange");
        form.put("audience", audience);
        form.put("scope", "https://www.googleapis.com/auth/cloud-platform");
        form.put("requested_token_type", "urn:ietf:params:oauth:token-type:access_token");
        form.put("subject_token_type", "urn:ietf:params:oauth:token-type:jwt");
        form.put("subject_token", token);
        return HttpCalls.text(http.send(HttpCalls.form(endpoints.sts(), form)), "access_token");
    }

    private String impersonated(String federated, String account)
            throws KeyServiceException, InterruptedException {
        if (!account.matches("[A-Za-z0-9@._-]+")) {
            throw new KeyServiceException("the Google service account is not valid", false);
        }
        HttpRequest request =
                HttpCalls.request(
                                endpoints.accounts()
                                        + "/v1/projects/-/serviceAccounts/"
                                        + account
                                        + ":generateAccessToken")
                        .header("Authorization", "Bearer " + federated)
                        .header("Content-Type", "application/json")
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        http.body(Map.of("scope", List.of(SCOPE)))))
                        .build();
        return HttpCalls.text(http.send(request), "accessToken");
    }

    private String granted(Map<String, String> form)
            throws KeyServiceException, InterruptedException {
        return HttpCalls.text(http.send(HttpCalls.form(endpoints.token(), form)), "access_token");
    }

    private String assertion(JsonNode account) throws KeyServiceException {
        long now = clock.instant().getEpochSecond();
        Map<String, Object> claims = new TreeMap<>();
        claims.put("iss", HttpCalls.text(account, "client_email"));
        claims.put("scope", SCOPE);
        claims.put("aud", endpoints.token().toString());
        claims.put("iat", now);
        claims.put("exp", now + LIFETIME.toSeconds());
        try {
            return Statement.signed(
                    http,
                    Map.of("kid", account.path("private_key_id").asText()),
                    claims,
                    PemKeys.rsa(HttpCalls.text(account, "private_key")));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new KeyServiceException(
                    "the private key of the Google service account cannot be used", false);
        }
    }

    private static JsonNode parsed(String json) throws KeyServiceException {
        try {
            return new ObjectMapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new KeyServiceException("the Google credential is not JSON", false);
        }
    }
}
