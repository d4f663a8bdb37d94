package dev.sluice.sops.age;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.encodings.OAEPEncoding;
import org.bouncycastle.crypto.engines.RSABlindedEngine;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.params.RSAKeyParameters;

/** An {@code ssh-rsa} public key as an age recipient. */
public final class SshRsaRecipient implements AgeRecipient {
    static final String TYPE = "ssh-rsa";
    private static final String LABEL = "age-encryption.org/v1/ssh-rsa";

    private final RSAKeyParameters key;
    private final byte[] wire;

    SshRsaRecipient(RSAKeyParameters key, byte[] wire) {
        this.key = key;
        this.wire = wire;
    }

    /** OAEP with SHA-256 in both places. */
    static OAEPEncoding oaep() {
        return new OAEPEncoding(
                new RSABlindedEngine(),
                new SHA256Digest(),
                new SHA256Digest(),
                SshKeys.ascii(LABEL));
    }

    @Override
    public Stanza wrap(byte[] fileKey, SecureRandom random) throws GeneralSecurityException {
        OAEPEncoding cipher = oaep();
        cipher.init(true, new ParametersWithRandom(key, random));
        try {
            return new Stanza(
                    TYPE,
                    List.of(SshKeys.tag(wire)),
                    cipher.processBlock(fileKey, 0, fileKey.length));
        } catch (InvalidCipherTextException e) {
            throw new GeneralSecurityException("the file key does not fit the RSA key", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SshRsaRecipient recipient && Arrays.equals(wire, recipient.wire);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(wire);
    }

    @Override
    public String toString() {
        return SshKeys.text(TYPE, wire);
    }
}
