package dev.sluice.cli;

/** A command cannot do what it was asked to; the message is for its user. */
final class CommandFailure extends Exception {

    private final int exitCode;

    /** A failure with exit code 1. */
    CommandFailure(String message) {
        this(message, 1);
    }

    CommandFailure(String message, int exitCode) {
        super(message);
        this.exitCode = exitCode;
    }

    /** As flux tells of it. */
    static CommandFailure notFound(String kind, String name, String namespace) {
        return new CommandFailure(
                "✗ %s '%s' not found in \"%s\" namespace".formatted(kind, name, namespace));
    }

    /**
     * As flux tells of it.
     *
     * @param namespace empty for all
     */
    static CommandFailure noneFound(String kind, String namespace) {
        return new CommandFailure(
                "✗ no %s objects found in %s"
                        .formatted(
                                kind,
                                namespace.isEmpty()
                                        ? "any namespace"
                                        : "\"" + namespace + "\" namespace"));
    }

    int exitCode() {
        return exitCode;
    }
}
