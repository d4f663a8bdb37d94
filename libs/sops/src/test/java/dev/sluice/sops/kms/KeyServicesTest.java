package dev.sluice.sops.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeyServicesTest {
    private static final byte[] DATA_KEY =
            "0123456789abcdef0123456789abcdef".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    private final KeyServer server = new KeyServer();
    private final HttpCalls http = HttpCalls.direct();
    private final Clock clock = Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void vaultWrapsAndUnwrapsWithTheTokenInItsHeader() throws Exception {
        VaultTransit vault = new VaultTransit(http, Set.of(server.address() + "/"));
        WrappedKey key = vaultKey("team/transit");
        Credentials token =
                new Credentials(
                        Optional.of("hvs.test"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());

        String wrapped = vault.wrap(key, DATA_KEY, token);

        assertThat(wrapped).startsWith("vault:v1:");
        assertThat(vault.unwrap(with(key, wrapped), token)).isEqualTo(DATA_KEY);
        assertThat(server.requests())
                .containsExactly(
                        "PUT /v1/team/transit/encrypt/line hvs.test",
                        "PUT /v1/team/transit/decrypt/line hvs.test");
    }

    @Test
    void vaultsTokenGoesToTheAllowListAlone() {
        Credentials token =
                new Credentials(
                        Optional.of("hvs.test"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());

        assertThatThrownBy(() ->
                        new VaultTransit(http, Set.of("https://vault.example.org"))
                                .unwrap(vaultKey("transit"), token))
                .hasMessageContaining("allow-list");
        assertThatThrownBy(() ->
                        new VaultTransit(http, Set.of(server.address()))
                                .unwrap(vaultKey("../sys"), token))
                .hasMessageContaining("not allowed");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void awsBindsTheContextAndSigns() throws Exception {
        AwsKms aws = new AwsKms(http, clock, Optional.of(URI.create(server.address())));
        WrappedKey key =
                WrappedKey.of(
                        "kms",
                        Map.of("arn", "arn:aws:kms:eu-west-1:000000000000:key/1"),
                        Map.of("plant", "7"),
                        "");
        Credentials keys =
                aws("aws_access_key_id: AKIDEXAMPLE\naws_secret_access_key: wJalrXUtnFEMI\n");

        String wrapped = aws.wrap(key, DATA_KEY, keys);

        assertThat(aws.unwrap(with(key, wrapped), keys)).isEqualTo(DATA_KEY);
        assertThat(server.requests().getFirst())
                .isEqualTo(
                        "POST / AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260301/eu-west-1/kms/aws4_request, SignedHeaders=content-type;host;x-amz-date;x-amz-target, ");
        WrappedKey moved = WrappedKey.of("kms", key.fields(), Map.of("plant", "8"), wrapped);
        assertThat(aws.unwrap(moved, keys)).isEmpty();
    }

    @Test
    void awsSignaturesAreThoseOfTheSpecification() {
        TreeMap<String, String> headers =
                new TreeMap<>(
                        Map.of("host", "example.amazonaws.com", "x-amz-date", "20150830T123600Z"));
        AwsKeys keys =
                new AwsKeys(
                        "AKIDEXAMPLE",
                        "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
                        Optional.empty());

        String authorization =
                new AwsSignature("us-east-1", "service")
                        .authorization("GET", headers, new byte[0], keys);

        assertThat(authorization)
                .endsWith(
                        "Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
    }

    @Test
    void gcpTradesTheServiceAccountForATokenFirst() throws Exception {
        GcpKms gcp =
                new GcpKms(
                        http,
                        clock,
                        URI.create(server.address()),
                        URI.create(server.address() + "/token"));
        WrappedKey key =
                WrappedKey.of(
                        "gcp_kms",
                        Map.of(
                                "resource_id",
                                "projects/p/locations/global/keyRings/r/cryptoKeys/k"),
                        Map.of(),
                        "");
        Credentials account =
                new Credentials(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(serviceAccount()));

        String wrapped = gcp.wrap(key, DATA_KEY, account);

        assertThat(gcp.unwrap(with(key, wrapped), account)).isEqualTo(DATA_KEY);
        assertThat(server.requests())
                .contains(
                        "POST /v1/projects/p/locations/global/keyRings/r/cryptoKeys/k:decrypt Bearer access-6");
    }

    @Test
    void azureSpeaksBase64ForUrls() throws Exception {
        AzureKeyVault azure =
                new AzureKeyVault(http, URI.create(server.address()), Set.of(server.address()));
        WrappedKey key =
                WrappedKey.of(
                        "azure_kv",
                        Map.of("vault_url", server.address(), "name", "line", "version", "1"),
                        Map.of(),
                        "");
        Credentials secret =
                new Credentials(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("tenantId: t\nclientId: c\nclientSecret: s\n"),
                        Optional.empty());

        String wrapped = azure.wrap(key, DATA_KEY, secret);

        assertThat(wrapped).doesNotContain("=").doesNotContain("+");
        assertThat(azure.unwrap(with(key, wrapped), secret)).isEqualTo(DATA_KEY);
    }

    @Test
    void azuresTokenStaysInAzure() {
        AzureKeyVault azure = new AzureKeyVault(http, URI.create(server.address()), Set.of());
        WrappedKey key =
                WrappedKey.of(
                        "azure_kv",
                        Map.of(
                                "vault_url",
                                "https://vault.azure.net.example.org",
                                "name",
                                "line",
                                "version",
                                "1"),
                        Map.of(),
                        "eA");

        assertThatThrownBy(() -> azure.unwrap(key, Credentials.NONE))
                .hasMessageContaining("allow-list");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void aServerErrorMayPassAndARefusalDoesNot() {
        VaultTransit vault = new VaultTransit(http, Set.of(server.address()));
        Credentials token =
                new Credentials(
                        Optional.of("hvs.test"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());

        server.answerWith(503);
        assertThatThrownBy(() -> vault.unwrap(vaultKey("transit"), token))
                .isInstanceOfSatisfying(
                        KeyServiceException.class, e -> assertThat(e.passing()).isTrue());
        server.answerWith(403);
        assertThatThrownBy(() -> vault.unwrap(vaultKey("transit"), token))
                .isInstanceOfSatisfying(
                        KeyServiceException.class, e -> assertThat(e.passing()).isFalse())
                .message()
                .doesNotContain("hvs.test");
    }

    @Test
    void missingCredentialsNameTheEntryThatIsNeeded() {
        assertThatThrownBy(() ->
                        new VaultTransit(http, Set.of(server.address()))
                                .unwrap(vaultKey("transit"), Credentials.NONE))
                .hasMessageContaining("sops.vault-token");
        assertThatThrownBy(() -> AwsKeys.parse("nothing")).hasMessageContaining("sops.aws-kms");
    }

    private WrappedKey vaultKey(String engine) {
        return WrappedKey.of(
                "hc_vault",
                Map.of(
                        "vault_address",
                        server.address(),
                        "engine_path",
                        engine,
                        "key_name",
                        "line"),
                Map.of(),
                "vault:v1:eA==");
    }

    private static WrappedKey with(WrappedKey key, String wrapped) {
        return WrappedKey.of(key.provider(), key.fields(), key.context(), wrapped);
    }

    private static Credentials aws(String yaml) {
        return new Credentials(
                Optional.empty(), Optional.of(yaml), Optional.empty(), Optional.empty());
    }

    private static String serviceAccount() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        String key =
                Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
        String pem = "-----BEGIN PRIVATE KEY-----\n" + key + "\n-----END PRIVATE KEY-----\n";
        return "{\"type\":\"service_account\",\"client_email\":\"a@example.org\",\"private_key_id\":\"1\",\"private_key\":\""
                + pem.replace("\n", "\\n")
                + "\"}";
    }
}
