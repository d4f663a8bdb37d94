package dev.sluice.fetcher.verify;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** A commit or tag of Git, taken apart into what was signed and the signature. */
public final class SignedObject {

    private static final String COMMIT_HEADER = "gpgsig ";
    private static final String[] BEGINNINGS = {
        "-----BEGIN PGP SIGNATURE-----", "-----BEGIN SSH SIGNATURE-----"
    };

    private final byte[] payload;
    private final String signature;

    private SignedObject(byte[] payload, String signature) {
        this.payload = payload;
        this.signature = signature;
    }

    /**
     * Takes a commit apart: its signature is a header of its own, whose further lines start with a
     * space.
     *
     * @return empty if there is no signature
     */
    public static Optional<SignedObject> commit(byte[] raw) {
        ByteArrayOutputStream payload = new ByteArrayOutputStream(raw.length);
        StringBuilder signature = new StringBuilder();
        boolean within = false;
        int at = 0;
        while (at < raw.length && raw[at] != '\n') {
            int end = endOfLine(raw, at);
            String line = new String(raw, at, end - at, StandardCharsets.ISO_8859_1);
            boolean starts = line.startsWith(COMMIT_HEADER);
            within = starts || (within && line.startsWith(" "));
            if (within) {
                signature.append(line, starts ? COMMIT_HEADER.length() : 1, line.length());
            } else {
                payload.write(raw, at, end - at);
            }
            at = end;
        }
        payload.write(raw, at, raw.length - at);
        return signature.isEmpty()
                ? Optional.empty()
                : Optional.of(new SignedObject(payload.toByteArray(), signature.toString()));
    }

    /**
     * Takes an annotated tag apart: its signature is the end of its message.
     *
     * @return empty if there is no signature
     */
    public static Optional<SignedObject> tag(byte[] raw) {
        String text = new String(raw, StandardCharsets.ISO_8859_1);
        for (String beginning : BEGINNINGS) {
            int start = text.lastIndexOf("\n" + beginning);
            if (start >= 0) {
                byte[] payload = Arrays.copyOf(raw, start + 1);
                return Optional.of(new SignedObject(payload, text.substring(start + 1)));
            }
        }
        return Optional.empty();
    }

    /** What was signed. */
    byte[] payload() {
        return payload.clone();
    }

    /** In its armour. */
    String signature() {
        return signature;
    }

    boolean isSsh() {
        return signature.startsWith(BEGINNINGS[1]);
    }

    private static int endOfLine(byte[] raw, int from) {
        int at = from;
        while (at < raw.length && raw[at] != '\n') {
            at++;
        }
        return Math.min(at + 1, raw.length);
    }
}
