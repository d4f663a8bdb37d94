package dev.sluice.cli;

import dev.sluice.sops.kms.AwsKms;
import dev.sluice.sops.kms.AzureEndpoints;
import dev.sluice.sops.kms.AzureKeyVault;
import dev.sluice.sops.kms.GcpEndpoints;
import dev.sluice.sops.kms.GcpKms;
import dev.sluice.sops.kms.HttpCalls;
import dev.sluice.sops.kms.KeyService;
import dev.sluice.sops.kms.VaultAddresses;
import dev.sluice.sops.kms.VaultTransit;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The key services that a command may ask. Credentials come with {@code --key}, or from the
 * variables that the services' own tools read.
 */
final class KeyServiceOptions {

    @Option(
            names = "--vault-address",
            paramLabel = "URL",
            description =
                    "A Vault or OpenBao that the token may be sent to, besides VAULT_ADDR and this machine; the address of a file alone is not enough, for anyone can write one.")
    private List<String> vaultAddresses = new ArrayList<>();

    @Option(
            names = "--azure-vault",
            paramLabel = "URL",
            description = "A key vault outside of Azure's own clouds that may be asked.")
    private List<String> azureVaults = new ArrayList<>();

    @Option(
            names = "--aws-kms-endpoint",
            paramLabel = "URL",
            description = "Instead of AWS's own address; or AWS_ENDPOINT_URL.")
    private @Nullable URI awsEndpoint;

    @Option(
            names = "--aws-sts-endpoint",
            paramLabel = "URL",
            description = "Instead of the address of AWS's token service.")
    private @Nullable URI awsTokenEndpoint;

    @Option(
            names = "--gcp-kms-endpoint",
            paramLabel = "URL",
            defaultValue = "${env:SOPS_GCP_KMS_ENDPOINT}",
            description = "Instead of Google's own address; or SOPS_GCP_KMS_ENDPOINT.")
    private @Nullable URI gcpEndpoint;

    @Option(
            names = "--gcp-token-endpoint",
            paramLabel = "URL",
            description = "Instead of the address of Google's token service.")
    private @Nullable URI gcpTokenEndpoint;

    @Option(
            names = "--azure-login-endpoint",
            paramLabel = "URL",
            defaultValue = "${env:AZURE_AUTHORITY_HOST}",
            description = "Instead of the login of Azure's public cloud; or AZURE_AUTHORITY_HOST.")
    private @Nullable URI azureLogin;

    List<KeyService> services() {
        HttpCalls http = HttpCalls.direct();
        Clock clock = Clock.systemUTC();
        GcpEndpoints google = GcpEndpoints.GOOGLE;
        AzureEndpoints azure = AzureEndpoints.PUBLIC;
        List<String> vaults = new ArrayList<>(vaultAddresses);
        Optional.ofNullable(System.getenv("VAULT_ADDR")).ifPresent(vaults::add);
        return List.of(
                new VaultTransit(http, VaultAddresses.parse(vaults).andLoopback()),
                new AwsKms(Optional.ofNullable(awsEndpoint), Optional.ofNullable(awsTokenEndpoint)),
                new GcpKms(
                        http,
                        clock,
                        google.with(
                                gcpEndpoint == null ? google.kms() : gcpEndpoint,
                                gcpTokenEndpoint == null ? google.token() : gcpTokenEndpoint)),
                new AzureKeyVault(
                        http,
                        clock,
                        azureLogin == null ? azure : azure.withLogin(azureLogin),
                        new HashSet<>(azureVaults)));
    }
}
