package dev.sluice.sops.age;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.params.RSAPrivateCrtKeyParameters;
import org.bouncycastle.crypto.util.OpenSSHPrivateKeyUtil;
import org.bouncycastle.crypto.util.OpenSSHPublicKeyUtil;

/**
 * SSH keys as age keys: {@code ssh-ed25519} and {@code ssh-rsa}, secret ones without a passphrase.
 */
public final class SshKeys {
    /** What an SSH secret key begins with. */
    public static final String ARMOR = "-----BEGIN OPENSSH PRIVATE KEY-----";

    private static final String END = "-----END OPENSSH PRIVATE KEY-----";
    private static final BigInteger PRIME =
            BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
    private static final int MIN_RSA_BITS = 2048;

    private SshKeys() {}

    /** Reads a secret key in OpenSSH's form. */
    public static AgeIdentity identity(String pem) throws AgeException {
        int begin = pem.indexOf(ARMOR);
        int end = pem.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new AgeException(AgeException.Kind.KEY, "not an OpenSSH secret key");
        }
        try {
            byte[] blob =
                    Base64.getMimeDecoder().decode(pem.substring(begin + ARMOR.length(), end));
            return switch (OpenSSHPrivateKeyUtil.parsePrivateKeyBlob(blob)) {
                case Ed25519PrivateKeyParameters key ->
                        new SshEd25519Identity(key.getEncoded(), wire(key.generatePublicKey()));
                case RSAPrivateCrtKeyParameters key ->
                        new SshRsaIdentity(
                                key,
                                wire(
                                        new RSAKeyParameters(
                                                false, key.getModulus(), key.getPublicExponent())));
                default ->
                        throw new AgeException(
                                AgeException.Kind.KEY,
                                "an SSH key of a kind that age does not use: ssh-ed25519 or ssh-rsa is needed");
            };
        } catch (RuntimeException e) {
            throw new AgeException(
                    AgeException.Kind.KEY, "the SSH secret key is damaged, or has a passphrase");
        }
    }

    /** Reads a public key as in {@code authorized_keys}. */
    static AgeRecipient recipient(String line) throws AgeException {
        String[] words = line.split("\\s+");
        if (words.length < 2) {
            throw new AgeException(
                    AgeException.Kind.KEY,
                    "not an SSH public key: " + words[0] + " and a key in Base64 are needed");
        }
        try {
            byte[] wire = Base64.getDecoder().decode(words[1]);
            return switch (OpenSSHPublicKeyUtil.parsePublicKey(wire)) {
                case Ed25519PublicKeyParameters key -> new SshEd25519Recipient(wire);
                case RSAKeyParameters key when key.getModulus().bitLength() >= MIN_RSA_BITS ->
                        new SshRsaRecipient(key, wire);
                default ->
                        throw new AgeException(
                                AgeException.Kind.KEY,
                                "an SSH key that age does not use: ssh-ed25519, or ssh-rsa of 2048 bits, is needed");
            };
        } catch (RuntimeException e) {
            throw new AgeException(AgeException.Kind.KEY, "the SSH public key is damaged");
        }
    }

    private static byte[] wire(AsymmetricKeyParameter key) {
        try {
            return OpenSSHPublicKeyUtil.encodePublicKey(key);
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory", e);
        }
    }

    /** The hint in a stanza that tells which key it is for. */
    static String tag(byte[] wire) throws GeneralSecurityException {
        return Header.base64(Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(wire), 4));
    }

    /** The text form of a public key. */
    static String text(String type, byte[] wire) {
        return type + ' ' + Base64.getEncoder().encodeToString(wire);
    }

    /**
     * An Ed25519 public key (the last 32 bytes of its wire form) as a point of Curve25519: u = (1 +
     * y) / (1 - y).
     */
    static byte[] montgomery(byte[] wire) {
        BigInteger y =
                Primitives.littleEndian(
                        Arrays.copyOfRange(wire, wire.length - Primitives.KEY_LENGTH, wire.length));
        BigInteger u =
                BigInteger.ONE
                        .add(y)
                        .multiply(BigInteger.ONE.subtract(y).modInverse(PRIME))
                        .mod(PRIME);
        return Primitives.littleEndian(u);
    }

    /** An Ed25519 secret key as one of Curve25519. */
    static byte[] scalar(byte[] seed) throws GeneralSecurityException {
        return Arrays.copyOf(
                MessageDigest.getInstance("SHA-512").digest(seed), Primitives.KEY_LENGTH);
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
