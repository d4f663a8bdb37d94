package dev.sluice.sops;

import dev.sluice.sops.document.Branch;
import dev.sluice.sops.document.MalformedDocumentException;
import dev.sluice.sops.document.Text;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Opens SOPS files. Every method is a function of its arguments; what is returned in clear belongs
 * to the caller alone.
 */
public final class Sops {
    /** A file that is too large to be decrypted must still be seen as encrypted. */
    private static final Limits DETECTION = Limits.DEFAULT.withMaxBytes(64 * 1024 * 1024);

    private Sops() {}

    /**
     * Decrypts a file.
     *
     * @param in the format of the file
     * @param out the format to write; another than {@code in} where the values allow it
     */
    public static byte[] decrypt(
            byte[] content, Format in, Format out, KeyRing keys, DecryptOptions options)
            throws SopsException {
        List<Branch> clear = decrypt(read(content, in, options.limits()), keys, options);
        try {
            return Formats.of(out, options.limits()).write(clear);
        } catch (MalformedDocumentException e) {
            throw new SopsException(
                    SopsException.Kind.FORMAT,
                    "the file cannot be written as " + out + ": " + e.getMessage());
        }
    }

    /**
     * Whether a file is encrypted: it parses, and has SOPS metadata with a checksum or keys. A text
     * that only talks about SOPS is not, and a file that is not of its format is not either.
     */
    public static boolean isEncrypted(byte[] content, Format format) {
        try {
            return hasMetadata(read(content, format, DETECTION));
        } catch (SopsException e) {
            return false;
        }
    }

    /**
     * The format in which a file is encrypted, whatever its name says; JSON stands for binary too.
     * Empty when it is not encrypted.
     */
    public static Optional<Format> detect(byte[] content) {
        if (!mentions(content, "sops") && !mentions(content, "mac")) {
            return Optional.empty();
        }
        for (Format format : List.of(Format.JSON, Format.DOTENV, Format.INI, Format.YAML)) {
            if (isEncrypted(content, format)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }

    /** What an encrypted file tells without a key: who can open it. */
    public static EncryptedFile inspect(byte[] content, Format format) throws SopsException {
        return EncryptedFile.of(metadata(read(content, format, Limits.DEFAULT), Limits.DEFAULT));
    }

    static List<Branch> read(byte[] content, Format format, Limits limits) throws SopsException {
        if (content.length > limits.maxBytes()) {
            throw new SopsException(
                    SopsException.Kind.LIMIT,
                    "the file has "
                            + content.length
                            + " bytes, more than the "
                            + limits.maxBytes()
                            + " allowed");
        }
        try {
            return Formats.of(format, limits).read(content);
        } catch (MalformedDocumentException e) {
            throw new SopsException(
                    e.tooLarge() ? SopsException.Kind.LIMIT : SopsException.Kind.FORMAT,
                    e.getMessage() + " (read as " + format + ")");
        }
    }

    static Metadata metadata(List<Branch> documents, Limits limits) throws SopsException {
        return new MetadataReader(limits)
                .read(documents.isEmpty() ? Branch.EMPTY : documents.getFirst());
    }

    static List<Branch> decrypt(List<Branch> documents, KeyRing keys, DecryptOptions options)
            throws SopsException {
        Metadata metadata = metadata(documents, options.limits());
        if (options.verifyMac() && metadata.version().isEmpty()) {
            throw new SopsException(
                    SopsException.Kind.METADATA,
                    "sops.version is missing: the metadata was changed by hand",
                    "sops.version");
        }
        byte[] key = new DataKey(keys, options.services()).open(metadata);
        try {
            Checksum checksum = new Checksum(metadata.macOnlyEncrypted());
            TreeDecryption walk = new TreeDecryption(key, Selection.of(metadata.rule()), checksum);
            List<Branch> clear = new ArrayList<>(documents.size());
            for (Branch document : documents) {
                clear.add(walk.decrypt(document.without(MetadataReader.SOPS)));
            }
            if (options.verifyMac()) {
                verify(metadata, key, checksum);
            }
            return clear;
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private static void verify(Metadata metadata, byte[] key, Checksum checksum)
            throws SopsException {
        byte[] computed = checksum.text().getBytes(StandardCharsets.US_ASCII);
        if (!MessageDigest.isEqual(computed, storedChecksum(metadata, key))) {
            throw new SopsException(
                    SopsException.Kind.MAC,
                    "the checksum (MAC) does not fit: values, their order or keys in clear were changed after the file was encrypted."
                            + " Restore the file, or look through it and encrypt it again",
                    "sops.mac");
        }
    }

    private static byte[] storedChecksum(Metadata metadata, byte[] key) {
        Optional<Envelope> envelope = Envelope.parse(metadata.mac());
        try {
            return envelope.isPresent()
                            && envelope.get().open(key, metadata.lastModified(), "sops.mac")
                                    instanceof Text text
                    ? text.bytes()
                    : new byte[0];
        } catch (SopsException e) {
            // Changed by hand, or lastmodified was: a checksum that does not fit.
            return new byte[0];
        }
    }

    private static boolean hasMetadata(List<Branch> documents) {
        return documents.stream()
                .limit(1)
                .anyMatch(document ->
                        document.get(MetadataReader.SOPS)
                                .filter(sops -> sops instanceof Branch branch && isMetadata(branch))
                                .isPresent());
    }

    /**
     * As Flux has it: a checksum makes a map SOPS metadata. Wrapped keys do as well, so that a
     * stripped checksum hides nothing.
     */
    static boolean isMetadata(Branch sops) {
        return sops.get("mac").isPresent() || sops.get("lastmodified").isPresent();
    }

    private static boolean mentions(byte[] content, String word) {
        return new String(content, StandardCharsets.ISO_8859_1).contains(word);
    }
}
