package dev.sluice.applier;

/** A bundle cannot be used; the message tells why and holds nothing of it. */
final class RefusedBundleException extends Exception {

    RefusedBundleException(String message) {
        super(message);
    }
}
