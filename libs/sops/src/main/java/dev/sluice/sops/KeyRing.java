package dev.sluice.sops;

import dev.sluice.sops.age.AgeIdentity;
import dev.sluice.sops.kms.Credentials;
import dev.sluice.sops.kms.WorkloadIdentity;
import dev.sluice.sops.pgp.PgpException;
import dev.sluice.sops.pgp.PgpPublicKey;
import dev.sluice.sops.pgp.PgpSecretKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The keys that one delivery or one call of the command line may use. They are given, never looked
 * for: not in the environment, not in a home directory, not in a program.
 *
 * <p>A ring lives for one piece of work: {@link #close} overwrites the secrets that it holds.
 * {@code toString} shows public halves only.
 */
public final class KeyRing implements AutoCloseable {
    private final List<AgeIdentity> ageIdentities;
    private final List<PgpSecretKey> pgpKeys;
    private final List<PgpPublicKey> publicPgpKeys;
    private final Credentials credentials;
    private final List<String> ignoredEntries;

    KeyRing(
            List<AgeIdentity> ageIdentities,
            List<PgpSecretKey> pgpKeys,
            List<PgpPublicKey> publicPgpKeys,
            Credentials credentials,
            List<String> ignoredEntries) {
        this.pgpKeys = List.copyOf(pgpKeys);
        this.publicPgpKeys = List.copyOf(publicPgpKeys);
        this.ageIdentities = List.copyOf(ageIdentities);
        this.credentials = credentials;
        this.ignoredEntries = List.copyOf(ignoredEntries);
    }

    /** A ring that opens nothing. */
    public static KeyRing empty() {
        return new KeyRing(List.of(), List.of(), List.of(), Credentials.NONE, List.of());
    }

    public static KeyRing of(Collection<? extends AgeIdentity> identities) {
        return new KeyRing(
                List.copyOf(identities), List.of(), List.of(), Credentials.NONE, List.of());
    }

    /**
     * The keys of a key Secret, as {@code spec.decryption.secretRef} names one. Entries are known
     * by name as Flux knows them ({@code *.agekey}, {@code *.asc}, {@code sops.vault-token}, {@code
     * sops.aws-kms}, {@code sops.azure-kv}, {@code sops.gcp-kms}), and others by what they hold, so
     * that {@code age.key} works too; what is no key is named in {@link #ignoredEntries}.
     *
     * @param entries the Secret's data, decoded
     * @throws SopsException when an entry must be a key by its name and is none; the message names
     *     the entry
     */
    public static KeyRing ofSecret(Map<String, byte[]> entries) throws SopsException {
        KeyReader reader = new KeyReader(false);
        for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
            reader.secretEntry(entry.getKey(), entry.getValue());
        }
        return reader.ring();
    }

    /**
     * The keys of key files, told apart by what they hold: age identities, PGP secret keys, SSH
     * secret keys, credentials of key services, or a manifest of a key Secret.
     *
     * @param files by a name for messages
     * @throws SopsException when a file holds no key
     */
    public static KeyRing ofFiles(Map<String, byte[]> files) throws SopsException {
        KeyReader reader = new KeyReader(true);
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            reader.keyFile(file.getKey(), file.getValue());
        }
        return reader.ring();
    }

    /** This ring's keys and then the other's; this one's credentials win. */
    public KeyRing with(KeyRing other) {
        return new KeyRing(
                Stream.concat(ageIdentities.stream(), other.ageIdentities.stream()).toList(),
                Stream.concat(pgpKeys.stream(), other.pgpKeys.stream()).toList(),
                Stream.concat(publicPgpKeys.stream(), other.publicPgpKeys.stream()).toList(),
                credentials.or(other.credentials),
                Stream.concat(ignoredEntries.stream(), other.ignoredEntries.stream()).toList());
    }

    /** The same keys; key services for which they hold no credential are asked as somebody. */
    public KeyRing as(WorkloadIdentity identity) {
        return new KeyRing(
                ageIdentities, pgpKeys, publicPgpKeys, credentials.as(identity), ignoredEntries);
    }

    /** The age keys alone. */
    public KeyRing ageOnly() {
        return new KeyRing(ageIdentities, List.of(), List.of(), Credentials.NONE, ignoredEntries);
    }

    List<AgeIdentity> ageIdentities() {
        return ageIdentities;
    }

    List<PgpSecretKey> pgpKeys() {
        return pgpKeys;
    }

    /**
     * The PGP key of a fingerprint, to encrypt to: metadata and rules have only the fingerprint.
     *
     * @param fingerprint of the key or of one of its subkeys
     * @throws SopsException of kind NO_KEY where it is not at hand
     */
    PgpPublicKey pgpKey(String fingerprint) throws SopsException {
        String wanted = fingerprint.replace(" ", "");
        try {
            for (PgpPublicKey key : publicPgpKeys) {
                if (key.goesBy(wanted)) {
                    return key;
                }
            }
            for (PgpSecretKey key : pgpKeys) {
                for (PgpPublicKey half : key.publicKeys()) {
                    if (half.goesBy(wanted)) {
                        return half;
                    }
                }
            }
        } catch (PgpException e) {
            throw new SopsException(
                    SopsException.Kind.FORMAT, "PGP " + fingerprint + ": " + e.getMessage());
        }
        throw new SopsException(
                SopsException.Kind.NO_KEY,
                "to encrypt to PGP "
                        + fingerprint
                        + " its key is needed, and only the fingerprint is known: give the key (its public half is enough)",
                "sops.pgp",
                List.of("PGP " + fingerprint));
    }

    Credentials credentials() {
        return credentials;
    }

    /** Entries of the key Secret that hold no key, by name. */
    public List<String> ignoredEntries() {
        return ignoredEntries;
    }

    /** The public halves of the keys, for messages. */
    public List<String> recipients() {
        List<String> recipients = new ArrayList<>();
        ageIdentities.forEach(identity -> recipients.add(identity.recipient().toString()));
        pgpKeys.forEach(key ->
                key.fingerprints().forEach(fingerprint -> recipients.add("PGP " + fingerprint)));
        return List.copyOf(recipients);
    }

    @Override
    public void close() {
        ageIdentities.forEach(AgeIdentity::wipe);
        pgpKeys.forEach(PgpSecretKey::wipe);
    }

    @Override
    public String toString() {
        return recipients().stream()
                .collect(Collectors.joining(", ", "KeyRing[", "] with " + credentials));
    }
}
