package dev.sluice.sops;

import dev.sluice.sops.document.Comment;
import dev.sluice.sops.document.Leaf;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The checksum (SOPS calls it MAC) over a file's values in file order. It sees values, not keys and
 * not where one value ends and the next begins; keys are authenticated with each encrypted value.
 */
final class Checksum {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    /**
     * The SHA-256 of "sops": sets the two ways apart, so that the flag in the metadata cannot be
     * flipped.
     */
    private static final byte[] ONLY_ENCRYPTED_START =
            HEX.parseHex("8A3FD2AD54CE66527B1034F3D147BE0B0B975B3BF44F72C6FDADEC8176F27D69");

    private final MessageDigest digest;
    private final boolean onlyEncrypted;

    /**
     * @param onlyEncrypted take in encrypted values alone ({@code mac_only_encrypted})
     */
    Checksum(boolean onlyEncrypted) {
        this.onlyEncrypted = onlyEncrypted;
        try {
            digest = MessageDigest.getInstance("SHA-512");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-512", e);
        }
        if (onlyEncrypted) {
            digest.update(ONLY_ENCRYPTED_START);
        }
    }

    void take(Leaf clear, boolean encrypted) {
        if (!(clear instanceof Comment) && (encrypted || !onlyEncrypted)) {
            digest.update(Envelope.bytes(clear));
        }
    }

    /** The checksum in upper-case hexadecimal digits. Ends the computation. */
    String text() {
        return HEX.formatHex(digest.digest());
    }
}
