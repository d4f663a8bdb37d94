package dev.sluice.sops;

import dev.sluice.sops.document.BinaryFormat;
import dev.sluice.sops.document.Branch;
import dev.sluice.sops.document.MalformedDocumentException;
import dev.sluice.sops.document.Text;
import dev.sluice.sops.kms.KeyService;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Encrypts files and changes who can open them. What it writes, SOPS 3.13 reads. */
public final class SopsWriter {
    private static final int KEY_LENGTH = 32;

    private final SecureRandom random;
    private final Clock clock;
    private final List<KeyService> services;

    /**
     * @param services the key services that may be asked to wrap data keys; none for age and PGP
     *     alone
     */
    public SopsWriter(SecureRandom random, Clock clock, List<KeyService> services) {
        this.random = random;
        this.clock = clock;
        this.services = List.copyOf(services);
    }

    /**
     * Encrypts a file in clear under a new data key.
     *
     * @param format the format of the file, and of the result; binary becomes JSON
     * @param keys credentials for key services; empty for age and PGP
     * @throws SopsException of kind METADATA when the file is encrypted already
     */
    public byte[] encrypt(
            byte[] clear, Format format, Recipients recipients, SelectionRule rule, KeyRing keys)
            throws SopsException {
        return encrypt(clear, format, new CreationRule(recipients, rule, false), keys);
    }

    /** As the other, by a rule for new files. */
    public byte[] encrypt(byte[] clear, Format format, CreationRule rule, KeyRing keys)
            throws SopsException {
        List<Branch> documents =
                format == Format.BINARY
                        ? BinaryFormat.ofClear(clear)
                        : Sops.read(clear, format, Limits.DEFAULT);
        if (documents.isEmpty()) {
            throw new SopsException(
                    SopsException.Kind.FORMAT, "the file is empty: there is nothing to encrypt");
        }
        for (Branch document : documents) {
            if (document.get(MetadataReader.SOPS).isPresent()) {
                throw new SopsException(
                        SopsException.Kind.METADATA,
                        "the file has an entry 'sops': it is encrypted already",
                        MetadataReader.SOPS);
            }
        }
        return write(
                seal(documents, rule.recipients(), rule.selection(), rule.macOnlyEncrypted(), keys),
                format);
    }

    /**
     * Changes who can open a file.
     *
     * <p>A recipient is added by wrapping the data key once more: nothing else of the file changes.
     * When one is removed (or {@code newDataKey} asks for it), everything is encrypted again under
     * a new data key, because who could open the file may have kept the old one; of old commits
     * they can still read what was encrypted to them.
     *
     * @param keys must open the file; for PGP recipients that stay, they must hold the PGP key as
     *     well
     * @return the changed file; the same bytes when there is nothing to change
     * @throws SopsException of kind FORMAT when nobody would be left
     */
    public byte[] change(
            byte[] encrypted,
            Format format,
            RecipientChange change,
            KeyRing keys,
            DecryptOptions options)
            throws SopsException {
        List<Branch> documents = Sops.read(encrypted, format, options.limits());
        Metadata metadata = Sops.metadata(documents, options.limits());
        if (change.isDone(metadata)) {
            return encrypted;
        }
        // Also for an addition: what does not decrypt or was tampered with is not passed on under a
        // new recipient.
        List<Branch> clear = Sops.decrypt(documents, keys, options);
        if (change.needsNewDataKey(metadata)) {
            return write(
                    seal(
                            clear,
                            change.apply(metadata, keys),
                            metadata.rule(),
                            metadata.macOnlyEncrypted(),
                            keys),
                    format);
        }
        byte[] dataKey = new DataKey(keys, options.services()).open(metadata);
        try {
            List<KeyEntry> group = new ArrayList<>(metadata.groups().getFirst());
            for (Recipient added : change.missing(metadata)) {
                group.add(wrapping(keys, now()).wrap(dataKey, added));
            }
            return write(withMetadata(documents, metadata.withGroup(group)), format);
        } finally {
            Arrays.fill(dataKey, (byte) 0);
        }
    }

    private List<Branch> seal(
            List<Branch> clear,
            Recipients recipients,
            SelectionRule rule,
            boolean macOnlyEncrypted,
            KeyRing keys)
            throws SopsException {
        byte[] key = new byte[KEY_LENGTH];
        random.nextBytes(key);
        try {
            Checksum checksum = new Checksum(macOnlyEncrypted);
            TreeEncryption walk = new TreeEncryption(key, Selection.of(rule), checksum, random);
            List<Branch> sealed = new ArrayList<>(clear.size());
            for (Branch document : clear) {
                sealed.add(walk.encrypt(document));
            }
            String now = now();
            String mac = Envelope.seal(Text.of(checksum.text()), key, now, random);
            List<List<KeyEntry>> groups = wrapping(keys, now).wrap(key, recipients);
            return withMetadata(
                    sealed,
                    new Metadata(
                            groups,
                            recipients.threshold(),
                            rule,
                            macOnlyEncrypted,
                            now,
                            mac,
                            MetadataWriter.VERSION));
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private KeyWrapping wrapping(KeyRing keys, String now) {
        return new KeyWrapping(random, services, keys.credentials(), now);
    }

    private String now() {
        return DateTimeFormatter.ISO_INSTANT.format(
                clock.instant().truncatedTo(ChronoUnit.SECONDS));
    }

    private static List<Branch> withMetadata(List<Branch> documents, Metadata metadata) {
        Branch sops = MetadataWriter.branch(metadata);
        return documents.stream()
                .map(document ->
                        document.without(MetadataReader.SOPS).with(MetadataReader.SOPS, sops))
                .toList();
    }

    private static byte[] write(List<Branch> documents, Format format) throws SopsException {
        try {
            return Formats.of(format, Limits.DEFAULT).write(documents);
        } catch (MalformedDocumentException e) {
            throw new SopsException(
                    SopsException.Kind.FORMAT,
                    "the file cannot be written as " + format + ": " + e.getMessage());
        }
    }
}
