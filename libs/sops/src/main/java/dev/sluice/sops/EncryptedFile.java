package dev.sluice.sops;

import java.util.List;

/**
 * What an encrypted file tells without any key.
 *
 * @param recipients who can open it, all groups together: public keys, fingerprints, names of keys
 *     in key services
 * @param groups how many key groups there are; with more than one, shares are needed from several
 * @param lastModified when it was encrypted last, as the file says (RFC 3339)
 * @param rule which values are encrypted
 */
public record EncryptedFile(
        List<String> recipients, int groups, String lastModified, SelectionRule rule) {
    public EncryptedFile {
        recipients = List.copyOf(recipients);
    }

    static EncryptedFile of(Metadata metadata) {
        return new EncryptedFile(
                metadata.recipients(),
                metadata.groups().size(),
                metadata.lastModified(),
                metadata.rule());
    }
}
