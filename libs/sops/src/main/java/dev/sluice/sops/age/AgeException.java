package dev.sluice.sops.age;

/**
 * An age file, key or recipient that cannot be used. The message names what is wrong and never
 * holds key material or plaintext.
 */
public final class AgeException extends Exception {

    /** What kind of thing went wrong. */
    public enum Kind {
        /** None of the identities opens the file. */
        NO_IDENTITY,
        /** The file is not an age file, is damaged, or was changed. */
        DAMAGED,
        /** A recipient or an identity is not in a form that is understood here. */
        KEY
    }

    private final Kind kind;

    AgeException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
