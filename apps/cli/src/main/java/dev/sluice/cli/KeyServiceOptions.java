package dev.sluice.cli;

import dev.sluice.sops.kms.AwsKms;
import dev.sluice.sops.kms.AzureKeyVault;
import dev.sluice.sops.kms.GcpAccess;
import dev.sluice.sops.kms.GcpKms;
import dev.sluice.sops.kms.HttpCalls;
import dev.sluice.sops.kms.KeyService;
import dev.sluice.sops.kms.VaultTransit;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The key services that a command may ask. Credentials come with {@code --key}. */
final class KeyServiceOptions {

    @Option(
            names = "--vault-address",
            paramLabel = "URL",
            description =
                    "A Vault or OpenBao that the token may be sent to; the address of a file alone is not enough, for anyone can write one.")
    private List<String> vaultAddresses = new ArrayList<>();

    @Option(
            names = "--azure-vault",
            paramLabel = "URL",
            description = "A key vault outside of Azure's own clouds that may be asked.")
    private List<String> azureVaults = new ArrayList<>();

    @Option(
            names = "--aws-kms-endpoint",
            paramLabel = "URL",
            description = "Instead of AWS's own address.")
    private @Nullable URI awsEndpoint;

    @Option(
            names = "--gcp-kms-endpoint",
            paramLabel = "URL",
            description = "Instead of Google's own address.")
    private URI gcpEndpoint = GcpKms.ENDPOINT;

    @Option(
            names = "--gcp-token-endpoint",
            paramLabel = "URL",
            description = "Instead of Google's own address.")
    private URI gcpTokenEndpoint = GcpAccess.ENDPOINT;

    @Option(
            names = "--azure-login-endpoint",
            paramLabel = "URL",
            description = "Instead of the login of Azure's public cloud.")
    private URI azureLogin = AzureKeyVault.LOGIN;

    List<KeyService> services() {
        HttpCalls http = HttpCalls.direct();
        Clock clock = Clock.systemUTC();
        return List.of(
                new VaultTransit(http, new HashSet<>(vaultAddresses)),
                new AwsKms(http, clock, Optional.ofNullable(awsEndpoint)),
                new GcpKms(http, clock, gcpEndpoint, gcpTokenEndpoint),
                new AzureKeyVault(http, azureLogin, new HashSet<>(azureVaults)));
    }
}
