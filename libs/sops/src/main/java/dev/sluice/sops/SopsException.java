package dev.sluice.sops;

import java.util.List;

/**
 * Why a SOPS file could not be decrypted or encrypted. The message says what is wrong, where and
 * what to do; it may be shown to anyone: it holds no decrypted value, no clear value of the file
 * and no key, only public parts of recipients.
 */
public final class SopsException extends Exception {

    /** The kinds of failure, as far as they call for different answers. */
    public enum Kind {
        /** No key at hand opens the data key. {@link #recipients} names who could. */
        NO_KEY,
        /** A key service did not answer; the same file may open later. */
        SERVICE,
        /**
         * The checksum over the file does not fit: it was changed after it was encrypted, or by
         * hand.
         */
        MAC,
        /** There is no SOPS metadata, or it makes no sense. */
        METADATA,
        /** One value is not what was encrypted there, or is in clear where it must not be. */
        VALUE,
        /** The file is not of its format, or its values cannot be written in the one asked for. */
        FORMAT,
        /** Larger, deeper or longer than is allowed. */
        LIMIT
    }

    private final Kind kind;
    private final String path;
    private final List<String> recipients;

    SopsException(Kind kind, String message) {
        this(kind, message, "", List.of());
    }

    SopsException(Kind kind, String message, String path) {
        this(kind, message, path, List.of());
    }

    SopsException(Kind kind, String message, String path, List<String> recipients) {
        super(message);
        this.kind = kind;
        this.path = path;
        this.recipients = List.copyOf(recipients);
    }

    public Kind kind() {
        return kind;
    }

    /**
     * The keys down to the value that is meant, joined by dots; empty when the file as a whole is
     * meant.
     */
    public String path() {
        return path;
    }

    /**
     * The recipients that the file is encrypted to, as far as the failure is about them: public
     * keys, fingerprints, names of keys in key services.
     */
    public List<String> recipients() {
        return recipients;
    }
}
