package dev.sluice.sops.kms;

import java.util.Optional;

/**
 * With what key services are asked for one piece of work: what a key Secret holds, and who asks
 * where it holds nothing. {@code toString} shows which there are, never what they hold.
 *
 * @param vaultToken a Vault or OpenBao token
 * @param vaultAddress where the token may be sent, besides the operator's allow-list
 * @param awsKms AWS access keys as the entry {@code sops.aws-kms} holds them
 * @param azureKeyVault an Azure credential as {@code sops.azure-kv} holds it
 * @param gcpKms a Google credential's JSON as {@code sops.gcp-kms} holds it
 * @param identity used for each service of which there is no credential above
 */
public record Credentials(
        Optional<String> vaultToken,
        Optional<String> vaultAddress,
        Optional<String> awsKms,
        Optional<String> azureKeyVault,
        Optional<String> gcpKms,
        WorkloadIdentity identity) {

    /** None at all. */
    public static final Credentials NONE =
            new Credentials(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    WorkloadIdentity.NONE);

    /** The same secrets, asked with by somebody else. */
    public Credentials as(WorkloadIdentity other) {
        return new Credentials(vaultToken, vaultAddress, awsKms, azureKeyVault, gcpKms, other);
    }

    /** These, and where one is missing the other's. */
    public Credentials or(Credentials other) {
        return new Credentials(
                vaultToken.or(other::vaultToken),
                vaultAddress.or(other::vaultAddress),
                awsKms.or(other::awsKms),
                azureKeyVault.or(other::azureKeyVault),
                gcpKms.or(other::gcpKms),
                identity.equals(WorkloadIdentity.NONE) ? other.identity() : identity);
    }

    @Override
    public String toString() {
        return "Credentials[vaultToken="
                + shown(vaultToken)
                + ", vaultAddress="
                + vaultAddress.orElse("none")
                + ", awsKms="
                + shown(awsKms)
                + ", azureKeyVault="
                + shown(azureKeyVault)
                + ", gcpKms="
                + shown(gcpKms)
                + ", identity="
                + identity
                + ']';
    }

    private static String shown(Optional<String> secret) {
        return secret.isPresent() ? "***" : "none";
    }
}
