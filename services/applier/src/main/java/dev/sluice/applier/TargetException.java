package dev.sluice.applier;

/** The cluster that a delivery is meant for cannot be worked with; the message tells why. */
final class TargetException extends Exception {

    TargetException(String message) {
        super(message);
    }
}
