package dev.sluice.kubernetes.health;

/**
 * The health of one object.
 *
 * @param message why, for people
 */
public record Health(State state, String message) {

    /** The states, in the words of kstatus. */
    public enum State {
        /** Its controllers are at work. */
        IN_PROGRESS("InProgress"),
        /** It is as wanted. */
        CURRENT("Current"),
        /** It will not become as wanted by itself. */
        FAILED("Failed"),
        /** It is being deleted. */
        TERMINATING("Terminating"),
        NOT_FOUND("NotFound"),
        /** It could not be looked at. */
        UNKNOWN("Unknown");

        private final String word;

        State(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    static final Health NOT_FOUND = new Health(State.NOT_FOUND, "the object is not there");

    public static Health current(String message) {
        return new Health(State.CURRENT, message);
    }

    public static Health inProgress(String message) {
        return new Health(State.IN_PROGRESS, message);
    }

    public static Health failed(String message) {
        return new Health(State.FAILED, message);
    }

    static Health unknown(String message) {
        return new Health(State.UNKNOWN, message);
    }
}
