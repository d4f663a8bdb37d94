package dev.sluice.decryptor;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Settings of the decryptor. */
@ConfigMapping(prefix = "sluice.decryptor")
interface DecryptorConfig {

    /** How many deliveries are worked on at once; each holds what it reveals in memory. */
    @WithDefault("32")
    int width();

    /**
     * A Secret in the pipeline's namespace whose age keys open what deliveries hold that ask for
     * decryption and name no Secret.
     */
    Optional<String> ageSecret();

    /**
     * Whether key services may be asked as this process itself (environment variables, projected
     * tokens, the machine's identity), where a delivery gives neither a credential nor a service
     * account. Then every delivery that asks for decryption may use the keys that this process may
     * use.
     */
    @WithDefault("true")
    boolean processIdentity();

    /**
     * The Vault and OpenBao servers that tokens may be sent to, each an address, or an address,
     * {@code =} and the path at which service accounts log in ({@code auth/kubernetes/login}). A
     * key Secret may name one more for its own token, at {@code sops.vault-address}.
     */
    Optional<List<String>> vaults();

    /** Key vaults outside of Azure's own clouds that may be asked. */
    Optional<List<String>> azureVaults();

    /** AWS KMS, instead of AWS's own address for the key's region. */
    Optional<URI> awsKmsEndpoint();

    /** AWS's token service (STS), instead of its own address for the key's region. */
    Optional<URI> awsStsEndpoint();

    /** Google's key service, instead of its own address. */
    Optional<URI> gcpKmsEndpoint();

    /** Google's token service, instead of its own address. */
    Optional<URI> gcpTokenEndpoint();

    /** Entra's login service, instead of that of Azure's public cloud. */
    Optional<URI> azureLoginEndpoint();
}
