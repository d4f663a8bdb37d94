package dev.sluice.sops.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.testkit.keys.KeyServer;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
        VaultTransit vault = new VaultTransit(http, vaults(server.address() + "/"));
        WrappedKey key = vaultKey("team/transit");
        Credentials token = vaultToken("hvs.test");

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
        Credentials token = vaultToken("hvs.test");

        assertThatThrownBy(() ->
                        new VaultTransit(http, vaults("https://vault.example.org"))
                                .unwrap(vaultKey("transit"), token))
                .hasMessageContaining("no credential is sent");
        assertThatThrownBy(() ->
                        new VaultTransit(http, vaults(server.address()))
                                .unwrap(vaultKey("../sys"), token))
                .hasMessageContaining("not allowed");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void awsBindsTheContextAndSigns() throws Exception {
        AwsKms aws = aws();
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
                .startsWith("POST / AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/")
                .contains("/eu-west-1/kms/aws4_request");
    }

    @Test
    void awsTakesTheRoleThatTheFileNames() throws Exception {
        Credentials keys =
                aws("aws_access_key_id: AKIDEXAMPLE\naws_secret_access_key: wJalrXUtnFEMI\n");

        aws().wrap(awsKey("arn:aws:iam::1:role/plant"), DATA_KEY, keys);

        assertThat(server.requests())
                .hasSize(2)
                .anyMatch(request -> request.contains("Credential=AKIDEXAMPLE"))
                .anyMatch(request -> request.contains("Credential=ASIAarnawsiam1roleplant"));
    }

    @Test
    void awsTradesTheTokenOfAServiceAccountForItsRole() throws Exception {
        Credentials account =
                Credentials.NONE.as(
                        account(Map.of("eks.amazonaws.com/role-arn", "arn:aws:iam::1:role/x")));

        aws().wrap(awsKey(""), DATA_KEY, account);

        assertThat(server.requests().getLast()).contains("Credential=ASIAarnawsiam1rolex");
        assertThatThrownBy(() ->
                        aws().wrap(awsKey(""), DATA_KEY, Credentials.NONE.as(account(Map.of()))))
                .hasMessageContaining("eks.amazonaws.com/role-arn");
    }

    @Test
    void awsRefusesWhatWasWrappedForAnotherContext() throws Exception {
        Credentials keys =
                aws("aws_access_key_id: AKIDEXAMPLE\naws_secret_access_key: wJalrXUtnFEMI\n");
        WrappedKey key = awsKey("");
        WrappedKey moved =
                WrappedKey.of(
                        "kms", key.fields(), Map.of("a", "b"), aws().wrap(key, DATA_KEY, keys));

        assertThatThrownBy(() -> aws().unwrap(moved, keys))
                .isInstanceOfSatisfying(
                        KeyServiceException.class, e -> assertThat(e.passing()).isFalse())
                .hasMessageContaining("400");
    }

    @Test
    void vaultLogsServiceAccountsInWhereThatIsSetUp() throws Exception {
        VaultTransit vault =
                new VaultTransit(http, vaults(server.address() + "=auth/kubernetes/login"));

        vault.wrap(vaultKey("transit"), DATA_KEY, Credentials.NONE.as(account(Map.of())));

        assertThat(server.requests())
                .containsExactly(
                        "POST /v1/auth/kubernetes/login null",
                        "PUT /v1/transit/encrypt/line hvs.team_app");
    }

    @Test
    void vaultTakesTheAddressThatTheKeySecretNamesForItsToken() throws Exception {
        Credentials token =
                new Credentials(
                        Optional.of("hvs.test"),
                        Optional.of(server.address()),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        WorkloadIdentity.NONE);

        new VaultTransit(http, vaults()).wrap(vaultKey("transit"), DATA_KEY, token);

        assertThat(server.requests()).containsExactly("PUT /v1/transit/encrypt/line hvs.test");
    }

    @Test
    void gcpTradesTheTokenOfAServiceAccount() throws Exception {
        GcpKms gcp = new GcpKms(http, clock, GcpEndpoints.at(server.address()));
        Map<String, String> annotations =
                Map.of(
                        "gcp.auth.fluxcd.io/workload-identity-provider",
                        "projects/1/locations/global/workloadIdentityPools/p/providers/q",
                        "iam.gke.io/gcp-service-account",
                        "plant@p.iam.gserviceaccount.com");

        gcp.wrap(gcpKey(), DATA_KEY, Credentials.NONE.as(account(annotations)));

        assertThat(server.requests().get(0)).startsWith("POST /sts/token");
        assertThat(server.requests().get(1))
                .endsWith(
                        "plant@p.iam.gserviceaccount.com:generateAccessToken Bearer token-exchange");
        assertThat(server.requests().get(2)).endsWith(":encrypt Bearer impersonated");
    }

    @Test
    void gcpTakesTheTokenOfTheProcess() throws Exception {
        GcpKms gcp = new GcpKms(http, clock, GcpEndpoints.at(server.address()));
        WorkloadIdentity process =
                new WorkloadIdentity.ThisProcess(Map.of("GOOGLE_OAUTH_ACCESS_TOKEN", "ambient"));

        gcp.wrap(gcpKey(), DATA_KEY, Credentials.NONE.as(process));

        assertThat(server.requests()).singleElement().asString().endsWith("Bearer ambient");
    }

    @Test
    void azureTradesTheTokenOfAServiceAccount() throws Exception {
        AzureKeyVault azure = vault(server.address());
        Map<String, String> annotations =
                Map.of(
                        "azure.workload.identity/client-id", "client",
                        "azure.workload.identity/tenant-id", "tenant");

        azure.wrap(azureKey(), DATA_KEY, Credentials.NONE.as(account(annotations)));

        assertThat(server.requests().getFirst()).startsWith("POST /tenant/oauth2/v2.0/token");
    }

    @Test
    void azureAsksTheMachineWhereOnlyAClientIsNamed() throws Exception {
        vault(server.address()).wrap(azureKey(), DATA_KEY, azure("clientId: c\n"));

        assertThat(server.requests().getFirst())
                .startsWith("GET /metadata/identity/oauth2/token?api-version=2018-02-01&resource=")
                .contains("client_id=c");
        assertThat(server.requests().getLast()).endsWith("Bearer machine");
    }

    @Test
    void azuresSecretGoesToItsOwnLoginServicesAlone() {
        assertThatThrownBy(() ->
                        vault(server.address())
                                .wrap(
                                        azureKey(),
                                        DATA_KEY,
                                        azure(
                                                "tenantId: t\nclientId: c\nclientSecret: s\nauthorityHost: https://login.example.org/\n")))
                .hasMessageContaining("authorityHost");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void gcpTradesTheServiceAccountForATokenFirst() throws Exception {
        GcpKms gcp = new GcpKms(http, clock, GcpEndpoints.at(server.address()));
        WrappedKey key = gcpKey();
        Credentials account = gcp(serviceAccount());

        String wrapped = gcp.wrap(key, DATA_KEY, account);

        assertThat(gcp.unwrap(with(key, wrapped), account)).isEqualTo(DATA_KEY);
        assertThat(server.requests())
                .contains(
                        "POST /v1/projects/p/locations/global/keyRings/r/cryptoKeys/k:decrypt Bearer jwt-bearer");
    }

    @Test
    void azureSpeaksBase64ForUrls() throws Exception {
        AzureKeyVault azure = vault(server.address());
        WrappedKey key = azureKey();
        Credentials secret = azure("tenantId: t\nclientId: c\nclientSecret: s\n");

        String wrapped = azure.wrap(key, DATA_KEY, secret);

        assertThat(wrapped).doesNotContain("=").doesNotContain("+");
        assertThat(azure.unwrap(with(key, wrapped), secret)).isEqualTo(DATA_KEY);
    }

    @Test
    void azuresTokenStaysInAzure() {
        AzureKeyVault azure = vault();
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
        VaultTransit vault = new VaultTransit(http, vaults(server.address()));
        Credentials token = vaultToken("hvs.test");

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
                        new VaultTransit(http, vaults(server.address()))
                                .unwrap(vaultKey("transit"), Credentials.NONE))
                .hasMessageContaining("sops.vault-token");
        assertThatThrownBy(() -> aws().wrap(awsKey(""), DATA_KEY, aws("nothing")))
                .hasMessageContaining("sops.aws-kms");
        assertThatThrownBy(() -> aws().wrap(awsKey(""), DATA_KEY, Credentials.NONE))
                .hasMessageContaining("sops.aws-kms");
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

    private static WrappedKey gcpKey() {
        return WrappedKey.of(
                "gcp_kms",
                Map.of("resource_id", "projects/p/locations/global/keyRings/r/cryptoKeys/k"),
                Map.of(),
                "");
    }

    private WrappedKey azureKey() {
        return WrappedKey.of(
                "azure_kv",
                Map.of("vault_url", server.address(), "name", "line", "version", "1"),
                Map.of(),
                "");
    }

    private AzureKeyVault vault(String... allowed) {
        URI address = URI.create(server.address());
        return new AzureKeyVault(
                http, clock, new AzureEndpoints(address, address), Set.of(allowed));
    }

    private static VaultAddresses vaults(String... settings) {
        return VaultAddresses.parse(List.of(settings));
    }

    private static WrappedKey with(WrappedKey key, String wrapped) {
        return WrappedKey.of(key.provider(), key.fields(), key.context(), wrapped);
    }

    private static Credentials aws(String yaml) {
        return new Credentials(
                Optional.empty(),
                Optional.empty(),
                Optional.of(yaml),
                Optional.empty(),
                Optional.empty(),
                WorkloadIdentity.NONE);
    }

    private static Credentials vaultToken(String token) {
        return new Credentials(
                Optional.of(token),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                WorkloadIdentity.NONE);
    }

    private static Credentials azure(String entry) {
        return new Credentials(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(entry),
                Optional.empty(),
                WorkloadIdentity.NONE);
    }

    private static Credentials gcp(String json) {
        return new Credentials(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(json),
                WorkloadIdentity.NONE);
    }

    /** Whose tokens tell the audience that they are for. */
    private static WorkloadIdentity account(Map<String, String> annotations) {
        return new WorkloadIdentity.ServiceAccount(
                "team", "app", annotations, audience -> "jwt-for-" + audience);
    }

    private static WrappedKey awsKey(String role) {
        return WrappedKey.of(
                "kms",
                Map.of("arn", "arn:aws:kms:eu-west-1:000000000000:key/1", "role", role),
                Map.of(),
                "");
    }

    private AwsKms aws() {
        Optional<URI> address = Optional.of(URI.create(server.address()));
        return new AwsKms(address, address);
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
