package dev.sluice.manifests;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Digests as all events and statuses write them: {@code sha256:} and lower-case hex. */
public final class Sha256 {

    public static final String PREFIX = "sha256:";

    private Sha256() {}

    public static String of(byte[] bytes) {
        return PREFIX + HexFormat.of().formatHex(digest().digest(bytes));
    }

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
