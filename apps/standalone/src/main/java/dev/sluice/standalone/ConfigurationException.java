package dev.sluice.standalone;

/**
 * The user's settings cannot work; the message is one line that says which and what to do. The
 * process ends with exit code 2.
 */
public final class ConfigurationException extends Exception {

    ConfigurationException(String message) {
        super(message);
    }
}
