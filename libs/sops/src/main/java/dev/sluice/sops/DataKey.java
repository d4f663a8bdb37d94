package dev.sluice.sops;

import dev.sluice.sops.age.Age;
import dev.sluice.sops.age.AgeException;
import dev.sluice.sops.kms.KeyService;
import dev.sluice.sops.kms.KeyServiceException;
import dev.sluice.sops.kms.WrappedKey;
import dev.sluice.sops.pgp.PgpException;
import dev.sluice.sops.pgp.PgpSecretKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Opens the data key of one file with the keys at hand. */
final class DataKey {
    private static final int LENGTH = 32;

    private final KeyRing keys;
    private final List<KeyService> services;
    private final List<String> refusals = new ArrayList<>();
    private boolean passing;

    DataKey(KeyRing keys, List<KeyService> services) {
        this.keys = keys;
        this.services = services;
    }

    /** The 32 bytes; the caller overwrites them. */
    byte[] open(Metadata metadata) throws SopsException {
        List<byte[]> parts = new ArrayList<>();
        for (List<KeyEntry> group : metadata.groups()) {
            part(group).ifPresent(parts::add);
        }
        int needed = metadata.groups().size() == 1 ? 1 : Math.max(2, metadata.threshold());
        if (parts.size() < needed) {
            throw noKey(metadata, parts.size(), needed);
        }
        byte[] key;
        try {
            key = metadata.groups().size() == 1 ? parts.getFirst() : Shamir.combine(parts);
        } catch (IllegalArgumentException e) {
            throw new SopsException(
                    SopsException.Kind.NO_KEY,
                    "the shares of the data key do not fit together",
                    "sops.key_groups",
                    metadata.recipients());
        }
        if (key.length != LENGTH) {
            throw new SopsException(
                    SopsException.Kind.NO_KEY,
                    "the data key has " + key.length + " bytes, not " + LENGTH,
                    "sops",
                    metadata.recipients());
        }
        return key;
    }

    /** Keys at hand first: where one opens the group, no key service is asked. */
    private Optional<byte[]> part(List<KeyEntry> group) throws SopsException {
        for (KeyEntry entry : group) {
            Optional<byte[]> opened =
                    switch (entry) {
                        case KeyEntry.Age age -> age(age);
                        case KeyEntry.Pgp pgp -> pgp(pgp);
                        case KeyEntry.Service _ -> Optional.empty();
                    };
            if (opened.isPresent()) {
                return opened;
            }
        }
        for (KeyEntry entry : group) {
            if (entry instanceof KeyEntry.Service service) {
                Optional<byte[]> opened = service(service.key());
                if (opened.isPresent()) {
                    return opened;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<byte[]> age(KeyEntry.Age entry) {
        try {
            return Optional.of(
                    Age.decrypt(
                            entry.file().getBytes(StandardCharsets.UTF_8), keys.ageIdentities()));
        } catch (AgeException e) {
            if (e.kind() == AgeException.Kind.DAMAGED) {
                refusals.add(entry.shown() + ": " + e.getMessage());
            }
            return Optional.empty();
        }
    }

    private Optional<byte[]> pgp(KeyEntry.Pgp entry) {
        for (PgpSecretKey key : keys.pgpKeys()) {
            try {
                return Optional.of(key.open(entry.message()));
            } catch (PgpException e) {
                if (!e.noKey()) {
                    refusals.add(entry.shown() + ": " + e.getMessage());
                }
            }
        }
        return Optional.empty();
    }

    private Optional<byte[]> service(WrappedKey key) throws SopsException {
        for (KeyService service : services) {
            if (service.serves(key)) {
                try {
                    return Optional.of(service.unwrap(key, keys.credentials()));
                } catch (KeyServiceException e) {
                    refusals.add(key.name() + ": " + e.getMessage());
                    passing |= e.passing();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new SopsException(
                            SopsException.Kind.SERVICE, "interrupted while asking a key service");
                }
            }
        }
        return Optional.empty();
    }

    private SopsException noKey(Metadata metadata, int opened, int needed) {
        StringBuilder message = new StringBuilder("no key at hand opens the file's data key");
        if (needed > 1) {
            message.append(" (")
                    .append(opened)
                    .append(" of the ")
                    .append(needed)
                    .append(" key groups that are needed were opened)");
        }
        message.append(". It is encrypted to ")
                .append(String.join(", ", metadata.recipients()))
                .append("; tried: ");
        message.append(
                keys.recipients().isEmpty()
                        ? "no age or PGP key"
                        : String.join(", ", keys.recipients()));
        refusals.forEach(refusal -> message.append("; ").append(refusal));
        return new SopsException(
                passing ? SopsException.Kind.SERVICE : SopsException.Kind.NO_KEY,
                message.toString(),
                "sops",
                metadata.recipients());
    }
}
