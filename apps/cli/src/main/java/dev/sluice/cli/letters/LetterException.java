package dev.sluice.cli.letters;

/** The dead letters cannot be read or put back; the message is for people. */
public final class LetterException extends Exception {

    LetterException(String message) {
        super(message);
    }
}
