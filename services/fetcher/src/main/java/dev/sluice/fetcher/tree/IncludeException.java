package dev.sluice.fetcher.tree;

/** An artifact cannot be copied into another source's tree. */
public final class IncludeException extends Exception {

    IncludeException(String message) {
        super(message);
    }
}
