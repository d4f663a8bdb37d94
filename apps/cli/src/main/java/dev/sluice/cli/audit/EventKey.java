package dev.sluice.cli.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The id of an event in 128 bits: its own, or those of a digest where it is longer. */
record EventKey(long high, long low) {

    private static final int DIGITS = 32;

    static EventKey of(String id) {
        if (id.length() == DIGITS && id.chars().allMatch(HexFormat::isHexDigit)) {
            return new EventKey(
                    HexFormat.fromHexDigitsToLong(id, 0, DIGITS / 2),
                    HexFormat.fromHexDigitsToLong(id, DIGITS / 2, DIGITS));
        }
        try {
            ByteBuffer digest =
                    ByteBuffer.wrap(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(id.getBytes(StandardCharsets.UTF_8)));
            return new EventKey(digest.getLong(), digest.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every platform has SHA-256", e);
        }
    }
}
