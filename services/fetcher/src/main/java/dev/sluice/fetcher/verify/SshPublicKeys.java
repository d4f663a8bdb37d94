package dev.sluice.fetcher.verify;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.common.config.keys.AuthorizedKeyEntry;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.apache.sshd.common.signature.Signature;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/**
 * ssh public keys, and the signatures that {@code ssh-keygen -Y sign -n git} makes (OpenSSH's
 * PROTOCOL.sshsig).
 */
record SshPublicKeys(List<PublicKey> keys) {

    private static final byte[] MAGIC = "SSHSIG".getBytes(StandardCharsets.US_ASCII);
    private static final String NAMESPACE = "git";

    /** Lines as in {@code authorized_keys}; what is no key is passed over. */
    static SshPublicKeys read(String text) {
        return new SshPublicKeys(
                text.lines().map(SshPublicKeys::key).flatMap(Optional::stream).toList());
    }

    private static Optional<PublicKey> key(String line) {
        try {
            AuthorizedKeyEntry entry = AuthorizedKeyEntry.parseAuthorizedKeyEntry(line);
            return entry == null
                    ? Optional.empty()
                    : Optional.of(entry.resolvePublicKey(null, PublicKeyEntryResolver.FAILING));
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            // The other lines may be keys.
            return Optional.empty();
        }
    }

    /** The fingerprint of the key that made the signature. */
    Optional<String> signerOf(SignedObject object) {
        try {
            return check(new ByteArrayBuffer(unarmoured(object.signature())), object.payload());
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            // A signature that can't be read is none.
            return Optional.empty();
        } catch (Exception e) {
            throw new IllegalStateException("the ssh library failed over a signature", e);
        }
    }

    private Optional<String> check(Buffer blob, byte[] payload) throws Exception {
        byte[] magic = new byte[MAGIC.length];
        blob.getRawBytes(magic);
        if (!MessageDigest.isEqual(magic, MAGIC) || blob.getInt() != 1) {
            return Optional.empty();
        }
        PublicKey signer = new ByteArrayBuffer(blob.getBytes()).getRawPublicKey();
        String namespace = blob.getString();
        byte[] reserved = blob.getBytes();
        String hash = blob.getString();
        Buffer signature = new ByteArrayBuffer(blob.getBytes());
        String algorithm = signature.getString();
        byte[] signed = signed(namespace, reserved, hash, payload);
        boolean trusted = keys.stream().anyMatch(key -> KeyUtils.compareKeys(key, signer));
        if (!trusted
                || !namespace.equals(NAMESPACE)
                || !verifies(signer, algorithm, signed, signature.getBytes())) {
            return Optional.empty();
        }
        return Optional.of(KeyUtils.getFingerPrint(signer));
    }

    private static byte[] signed(String namespace, byte[] reserved, String hash, byte[] payload)
            throws GeneralSecurityException {
        String digest =
                switch (hash) {
                    case "sha256" -> "SHA-256";
                    case "sha512" -> "SHA-512";
                    default ->
                            throw new GeneralSecurityException(
                                    "not a hash of ssh signatures: " + hash);
                };
        ByteArrayBuffer buffer = new ByteArrayBuffer();
        buffer.putRawBytes(MAGIC);
        buffer.putString(namespace);
        buffer.putBytes(reserved);
        buffer.putString(hash);
        buffer.putBytes(MessageDigest.getInstance(digest).digest(payload));
        return buffer.getCompactData();
    }

    private static boolean verifies(
            PublicKey key, String algorithm, byte[] signed, byte[] signature) throws Exception {
        // SHA-1 is not for signatures any more.
        BuiltinSignatures known = BuiltinSignatures.fromFactoryName(algorithm);
        if (known == null || algorithm.equals("ssh-rsa") || algorithm.equals("ssh-dss")) {
            return false;
        }
        Signature verifier = known.create();
        verifier.initVerifier(null, key);
        verifier.update(null, signed);
        return verifier.verify(null, signature);
    }

    private static byte[] unarmoured(String armoured) {
        String body =
                armoured.lines()
                        .filter(line -> !line.startsWith("-----"))
                        .reduce("", String::concat);
        return Base64.getDecoder().decode(body.strip());
    }
}
