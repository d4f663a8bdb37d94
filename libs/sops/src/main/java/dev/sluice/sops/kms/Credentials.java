package dev.sluice.sops.kms;

import java.util.Optional;

/**
 * Static credentials of one key Secret. {@code toString} shows which there are, never what they
 * hold.
 *
 * @param vaultToken a Vault or OpenBao token
 * @param awsKms AWS access keys as the entry {@code sops.aws-kms} holds them
 * @param azureKeyVault an Azure credential as {@code sops.azure-kv} holds it
 * @param gcpKms a Google service account's JSON as {@code sops.gcp-kms} holds it
 */
public record Credentials(
        Optional<String> vaultToken,
        Optional<String> awsKms,
        Optional<String> azureKeyVault,
        Optional<String> gcpKms) {

    /** None at all. */
    public static final Credentials NONE =
            new Credentials(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    @Override
    public String toString() {
        return "Credentials[vaultToken="
                + shown(vaultToken)
                + ", awsKms="
                + shown(awsKms)
                + ", azureKeyVault="
                + shown(azureKeyVault)
                + ", gcpKms="
                + shown(gcpKms)
                + ']';
    }

    private static String shown(Optional<String> secret) {
        return secret.isPresent() ? "***" : "none";
    }
}
