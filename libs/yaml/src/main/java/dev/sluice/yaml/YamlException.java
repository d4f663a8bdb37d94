package dev.sluice.yaml;

import java.util.Objects;

/**
 * A text that is no YAML, or that is YAML beyond the limits. The message is worded as Go's library
 * words it and never holds a value of the text; {@link #getMessage()} starts with {@code yaml: },
 * and names the line where it is known.
 */
public final class YamlException extends RuntimeException {
    private final int line;
    private final String problem;

    /**
     * @param problem what is wrong, without a prefix
     * @param line from 1; 0 where it is not known
     */
    public YamlException(String problem, int line) {
        super(line > 0 ? "yaml: line " + line + ": " + problem : "yaml: " + problem);
        this.line = line;
        this.problem = problem;
    }

    private YamlException(String message) {
        super(message);
        this.line = 0;
        this.problem = message;
    }

    /** A problem whose whole message is given. */
    static YamlException worded(String message) {
        return new YamlException(message);
    }

    public int line() {
        return line;
    }

    public String problem() {
        return problem;
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage(), "set by every constructor");
    }
}
