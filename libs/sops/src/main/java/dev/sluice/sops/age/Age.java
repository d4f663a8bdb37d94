package dev.sluice.sops.age;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts and decrypts whole age files in memory.
 *
 * <p>Both directions hold plaintext and ciphertext at once, so callers bound the size before they
 * come here. The format is the age specification version 1 (age-encryption.org/v1): a header with
 * one stanza for each recipient, then the payload in authenticated chunks of 64 KiB.
 */
public final class Age {
    static final int WRAPPED_KEY_LENGTH = 32;
    private static final int FILE_KEY_LENGTH = 16;
    private static final int NONCE_LENGTH = 16;
    private static final int CHUNK = 64 * 1024;
    private static final int TAG = 16;

    private final SecureRandom random;

    /**
     * @param random where file keys, nonces and ephemeral keys come from
     */
    public Age(SecureRandom random) {
        this.random = random;
    }

    /** Whether the bytes begin as an age file does, in binary or armored form. */
    public static boolean isAgeFile(byte[] file) {
        byte[] intro = "age-encryption.org/".getBytes(StandardCharsets.US_ASCII);
        return Armor.isArmored(file)
                || (file.length > intro.length
                        && Arrays.equals(file, 0, intro.length, intro, 0, intro.length));
    }

    /** Encrypts to every recipient, in age's text form. */
    public byte[] encryptArmored(byte[] plaintext, Collection<? extends AgeRecipient> recipients)
            throws AgeException {
        return Armor.encode(encrypt(plaintext, recipients));
    }

    /**
     * Encrypts to every recipient; at least one, and not post-quantum ones together with others.
     */
    public byte[] encrypt(byte[] plaintext, Collection<? extends AgeRecipient> recipients)
            throws AgeException {
        if (recipients.isEmpty()
                || recipients.stream().map(AgeRecipient::postQuantum).distinct().count() > 1) {
            throw new AgeException(
                    AgeException.Kind.KEY,
                    "an age file needs recipients, either all post-quantum (age1pq1...) or none");
        }
        byte[] fileKey = new byte[FILE_KEY_LENGTH];
        random.nextBytes(fileKey);
        try {
            List<Stanza> stanzas = new ArrayList<>();
            for (AgeRecipient recipient : recipients) {
                stanzas.add(recipient.wrap(fileKey, random));
            }
            byte[] authenticated = Header.authenticated(stanzas);
            ByteArrayOutputStream file =
                    new ByteArrayOutputStream(
                            authenticated.length
                                    + plaintext.length
                                    + plaintext.length / CHUNK * TAG
                                    + 128);
            file.writeBytes(authenticated);
            file.writeBytes(
                    (" " + Header.base64(headerMac(fileKey, authenticated)) + "\n")
                            .getBytes(StandardCharsets.US_ASCII));
            byte[] nonce = new byte[NONCE_LENGTH];
            random.nextBytes(nonce);
            file.writeBytes(nonce);
            sealPayload(Primitives.hkdf(fileKey, nonce, "payload"), plaintext, file);
            return file.toByteArray();
        } catch (GeneralSecurityException e) {
            throw new AgeException(
                    AgeException.Kind.KEY, "a recipient cannot be encrypted to: " + e.getMessage());
        } finally {
            Arrays.fill(fileKey, (byte) 0);
        }
    }

    /**
     * Decrypts a file in binary or armored form. Nothing is returned unless all of it is authentic.
     *
     * @throws AgeException of kind {@code NO_IDENTITY} when no identity opens it, {@code DAMAGED}
     *     when it is not what was encrypted
     */
    public static byte[] decrypt(byte[] file, Collection<? extends AgeIdentity> identities)
            throws AgeException {
        byte[] binary = Armor.isArmored(file) ? Armor.decode(file) : file;
        Header header = Header.parse(binary);
        try {
            byte[] fileKey = fileKey(header, identities);
            try {
                require(
                        MessageDigest.isEqual(
                                headerMac(fileKey, header.authenticated()), header.mac()),
                        "the header was changed");
                require(
                        binary.length >= header.length() + NONCE_LENGTH + TAG,
                        "the payload is cut off");
                byte[] nonce =
                        Arrays.copyOfRange(binary, header.length(), header.length() + NONCE_LENGTH);
                return openPayload(
                        Primitives.hkdf(fileKey, nonce, "payload"),
                        binary,
                        header.length() + NONCE_LENGTH);
            } finally {
                Arrays.fill(fileKey, (byte) 0);
            }
        } catch (GeneralSecurityException e) {
            throw new AgeException(
                    AgeException.Kind.DAMAGED, "the age file cannot be opened: " + e.getMessage());
        }
    }

    private static byte[] fileKey(Header header, Collection<? extends AgeIdentity> identities)
            throws AgeException, GeneralSecurityException {
        for (AgeIdentity identity : identities) {
            for (Stanza stanza : header.stanzas()) {
                byte[] fileKey = identity.unwrap(stanza);
                if (fileKey != null) {
                    require(fileKey.length == FILE_KEY_LENGTH, "the file key has a wrong length");
                    return fileKey;
                }
            }
        }
        throw new AgeException(
                AgeException.Kind.NO_IDENTITY,
                "none of the "
                        + identities.size()
                        + " identities opens the age file (it has "
                        + header.stanzas().size()
                        + " recipients)");
    }

    private static byte[] headerMac(byte[] fileKey, byte[] authenticated)
            throws GeneralSecurityException {
        return Primitives.hmac(Primitives.hkdf(fileKey, new byte[0], "header"), authenticated);
    }

    private static void sealPayload(byte[] key, byte[] plaintext, ByteArrayOutputStream to)
            throws GeneralSecurityException {
        int at = 0;
        long counter = 0;
        do {
            int length = Math.min(CHUNK, plaintext.length - at);
            boolean last = at + length == plaintext.length;
            to.writeBytes(Primitives.seal(key, nonce(counter, last), plaintext, at, length));
            at += length;
            counter++;
        } while (at < plaintext.length);
    }

    private static byte[] openPayload(byte[] key, byte[] file, int start)
            throws AgeException, GeneralSecurityException {
        ByteArrayOutputStream plaintext = new ByteArrayOutputStream(file.length - start);
        long counter = 0;
        for (int at = start; at < file.length; counter++) {
            int length = Math.min(CHUNK + TAG, file.length - at);
            boolean last = at + length == file.length;
            require(
                    length > TAG || (counter == 0 && length == TAG),
                    "the last chunk is empty or cut off");
            byte @Nullable [] chunk = Primitives.open(key, nonce(counter, last), file, at, length);
            if (chunk == null) {
                throw new AgeException(
                        AgeException.Kind.DAMAGED,
                        "the age file is damaged: chunk " + counter + " is cut off or was changed");
            }
            plaintext.writeBytes(chunk);
            at += length;
        }
        return plaintext.toByteArray();
    }

    /** Eleven bytes of counter, then one that marks the last chunk. */
    private static byte[] nonce(long counter, boolean last) {
        byte[] nonce = new byte[12];
        for (int i = 0; i < Long.BYTES; i++) {
            nonce[10 - i] = (byte) (counter >>> (8 * i));
        }
        nonce[11] = (byte) (last ? 1 : 0);
        return nonce;
    }

    static void require(boolean holds, String otherwise) throws AgeException {
        if (!holds) {
            throw new AgeException(
                    AgeException.Kind.DAMAGED, "the age file is damaged: " + otherwise);
        }
    }
}
