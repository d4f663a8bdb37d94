package dev.sluice.artifacts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The sha256 of some bytes, written {@code sha256:<64 lower-case hex digits>} as in {@code
 * status.artifact.digest}.
 *
 * <p>A digest that comes from outside (an event, a status) is safe to use as a name in the store
 * once it is one of these.
 */
public record Digest(@JsonValue String value) implements Comparable<Digest> {

    private static final String PREFIX = "sha256:";
    private static final Pattern FORM = Pattern.compile("sha256:[0-9a-f]{64}");

    /**
     * @throws IllegalArgumentException if the value has another form
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Digest {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("not a sha256 digest: " + abbreviated(value));
        }
    }

    /** The digest of these bytes. */
    public static Digest of(byte[] bytes) {
        return ofHash(sha256().digest(bytes));
    }

    /** The digest that this message digest has come to; it is reset by the call. */
    public static Digest of(MessageDigest sha256) {
        return ofHash(sha256.digest());
    }

    private static Digest ofHash(byte[] hash) {
        return new Digest(PREFIX + HexFormat.of().formatHex(hash));
    }

    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The 64 hex digits without the algorithm's name. */
    public String hex() {
        return value.substring(PREFIX.length());
    }

    @Override
    public int compareTo(Digest other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }

    private static String abbreviated(String value) {
        String text = value.length() > 80 ? value.substring(0, 80) + "..." : value;
        return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9:.]", "?");
    }
}
