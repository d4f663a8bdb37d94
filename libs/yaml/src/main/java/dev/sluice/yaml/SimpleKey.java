package dev.sluice.yaml;

/**
 * A place where a key without {@code ?} may have started: known only when its colon is found on the
 * same line.
 */
final class SimpleKey {
    /** A key must end within so many characters. */
    static final int MAX_LENGTH = 1024;

    final Mark mark;

    /** The number of its token, counted from the stream's first. */
    final int tokenNumber;

    /** Nothing but a key can stand here. */
    final boolean required;

    boolean possible = true;

    SimpleKey(Mark mark, int tokenNumber, boolean required) {
        this.mark = mark;
        this.tokenNumber = tokenNumber;
        this.required = required;
    }
}
