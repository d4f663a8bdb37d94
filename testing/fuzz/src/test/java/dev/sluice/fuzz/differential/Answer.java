package dev.sluice.fuzz.differential;

/** What a build gave. */
sealed interface Answer {

    /** The output. */
    record Built(String yaml) implements Answer {}

    /** Why there is none. */
    record Refused(String message) implements Answer {}

    /** A bug: not an answer at all. */
    record Crashed(String message) implements Answer {}

    /**
     * Equal output, or both refuse. Where the reference crashes, there is nothing to agree with.
     */
    static boolean agree(Answer engine, Answer reference) {
        if (engine instanceof Crashed) {
            return false;
        }
        if (engine instanceof Built built) {
            return reference instanceof Crashed || built.equals(reference);
        }
        return !(reference instanceof Built);
    }
}
