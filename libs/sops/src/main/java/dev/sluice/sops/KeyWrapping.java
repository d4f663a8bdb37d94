package dev.sluice.sops;

import dev.sluice.sops.age.Age;
import dev.sluice.sops.age.AgeException;
import dev.sluice.sops.kms.Credentials;
import dev.sluice.sops.kms.KeyService;
import dev.sluice.sops.kms.KeyServiceException;
import dev.sluice.sops.kms.WrappedKey;
import dev.sluice.sops.pgp.PgpException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Wraps a data key for recipients. */
final class KeyWrapping {
    private final SecureRandom random;
    private final List<KeyService> services;
    private final Credentials credentials;
    private final String createdAt;

    /**
     * @param createdAt RFC 3339 to the second
     */
    KeyWrapping(
            SecureRandom random,
            List<KeyService> services,
            Credentials credentials,
            String createdAt) {
        this.random = random;
        this.services = services;
        this.credentials = credentials;
        this.createdAt = createdAt;
    }

    /** The entries of each group; with several groups, each holds a share of the data key. */
    List<List<KeyEntry>> wrap(byte[] dataKey, Recipients recipients) throws SopsException {
        int groups = recipients.groups().size();
        List<byte[]> parts =
                groups == 1
                        ? List.of(dataKey.clone())
                        : Shamir.split(dataKey, groups, recipients.threshold(), random);
        try {
            List<List<KeyEntry>> wrapped = new ArrayList<>();
            for (int i = 0; i < groups; i++) {
                List<KeyEntry> entries = new ArrayList<>();
                for (Recipient recipient : recipients.groups().get(i)) {
                    entries.add(wrap(parts.get(i), recipient));
                }
                wrapped.add(entries);
            }
            return wrapped;
        } finally {
            parts.forEach(part -> Arrays.fill(part, (byte) 0));
        }
    }

    /** The data key, or a share of it, for one recipient. */
    KeyEntry wrap(byte[] part, Recipient recipient) throws SopsException {
        return switch (recipient) {
            case Recipient.Age age -> age(part, age);
            case Recipient.Pgp pgp -> pgp(part, pgp);
            case Recipient.Service service -> service(part, service.key());
        };
    }

    private KeyEntry age(byte[] part, Recipient.Age recipient) throws SopsException {
        try {
            byte[] file = new Age(random).encryptArmored(part, List.of(recipient.key()));
            return new KeyEntry.Age(
                    recipient.toString(), new String(file, StandardCharsets.US_ASCII));
        } catch (AgeException e) {
            throw new SopsException(
                    SopsException.Kind.FORMAT,
                    "cannot encrypt to " + recipient + ": " + e.getMessage());
        }
    }

    private KeyEntry pgp(byte[] part, Recipient.Pgp recipient) throws SopsException {
        try {
            return new KeyEntry.Pgp(
                    recipient.key().fingerprint(),
                    recipient.key().encrypt(part, random),
                    createdAt);
        } catch (PgpException e) {
            throw new SopsException(
                    SopsException.Kind.FORMAT,
                    "cannot encrypt to " + recipient + ": " + e.getMessage());
        }
    }

    private KeyEntry service(byte[] part, WrappedKey key) throws SopsException {
        for (KeyService service : services) {
            if (service.serves(key)) {
                try {
                    String wrapped = service.wrap(key, part, credentials);
                    return new KeyEntry.Service(
                            new WrappedKey(
                                    key.provider(),
                                    key.name(),
                                    key.fields(),
                                    key.context(),
                                    wrapped),
                            createdAt);
                } catch (KeyServiceException e) {
                    throw new SopsException(
                            SopsException.Kind.SERVICE,
                            "cannot encrypt to " + key.name() + ": " + e.getMessage());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new SopsException(
                            SopsException.Kind.SERVICE, "interrupted while asking a key service");
                }
            }
        }
        throw new SopsException(
                SopsException.Kind.FORMAT, "no key service is set up for " + key.name());
    }
}
