package dev.sluice.sops.document;

/**
 * A text that is not of its format, or a tree that its format cannot hold. The message names lines
 * and keys, never a value.
 */
public final class MalformedDocumentException extends Exception {
    private final boolean tooLarge;

    public MalformedDocumentException(String message) {
        this(message, false);
    }

    /**
     * @param tooLarge whether a limit was passed, rather than a rule of the format broken
     */
    public MalformedDocumentException(String message, boolean tooLarge) {
        super(message);
        this.tooLarge = tooLarge;
    }

    public boolean tooLarge() {
        return tooLarge;
    }
}
