package dev.sluice.fluxapi.schema;

/** Regular expressions that several fields share. */
public final class Patterns {

    /** Durations: each {@code GoDuration} has it unless its field names another. */
    public static final String DURATION = "^([0-9]+(\\.[0-9]+)?(ms|s|m|h))+$";

    /** Durations for which hours make no sense, such as the time that a fetch may take. */
    public static final String DURATION_WITHOUT_HOURS = "^([0-9]+(\\.[0-9]+)?(ms|s|m))+$";

    /** {@code <algorithm>:<digest>}. */
    public static final String DIGEST = "^[a-z0-9]+(?:[.+_-][a-z0-9]+)*:[a-zA-Z0-9=_-]+$";

    /** The type of a condition: a word with an optional DNS name before it. */
    public static final String CONDITION_TYPE =
            "^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])$";

    /** The reason of a condition: one word. */
    public static final String CONDITION_REASON = "^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$";

    private Patterns() {}
}
