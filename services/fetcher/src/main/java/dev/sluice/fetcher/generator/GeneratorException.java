package dev.sluice.fetcher.generator;

/** An artifact cannot be put together; the message says which part and why. */
final class GeneratorException extends Exception {

    GeneratorException(String message) {
        super(message);
    }

    /** Never null. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
