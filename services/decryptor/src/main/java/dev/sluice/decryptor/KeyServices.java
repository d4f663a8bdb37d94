package dev.sluice.decryptor;

import dev.sluice.sops.kms.AwsKms;
import dev.sluice.sops.kms.AzureEndpoints;
import dev.sluice.sops.kms.AzureKeyVault;
import dev.sluice.sops.kms.GcpEndpoints;
import dev.sluice.sops.kms.GcpKms;
import dev.sluice.sops.kms.HttpCalls;
import dev.sluice.sops.kms.KeyService;
import dev.sluice.sops.kms.VaultAddresses;
import dev.sluice.sops.kms.VaultTransit;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/** The key services as the settings have them. */
final class KeyServices {

    private KeyServices() {}

    static List<KeyService> of(DecryptorConfig config, Clock clock) {
        HttpCalls http = HttpCalls.direct();
        GcpEndpoints google = GcpEndpoints.GOOGLE;
        AzureEndpoints azure = AzureEndpoints.PUBLIC;
        return List.of(
                new VaultTransit(http, VaultAddresses.parse(config.vaults().orElse(List.of()))),
                new AwsKms(config.awsKmsEndpoint(), config.awsStsEndpoint()),
                new GcpKms(
                        http,
                        clock,
                        google.with(
                                config.gcpKmsEndpoint().orElse(google.kms()),
                                config.gcpTokenEndpoint().orElse(google.token()))),
                new AzureKeyVault(
                        http,
                        clock,
                        azure.withLogin(config.azureLoginEndpoint().orElse(azure.login())),
                        Set.copyOf(config.azureVaults().orElse(List.of()))));
    }
}
