package dev.sluice.applier;

import org.jspecify.annotations.Nullable;

/** Where an attempt ended without success, and so what the status shows beside the reason. */
enum Setback {
    /** The source, or its artifact, is not there. */
    SOURCE(null, false, false, false),
    /** The path is not in the source. */
    PATH(Phase.FETCHING, false, false, false),
    BUILD(Phase.BUILDING, true, false, false),
    /** The cluster cannot be reached in the name that the delivery says. */
    TARGET(Phase.BUILDING, true, false, false),
    APPLY(Phase.APPLYING, true, false, true),
    PRUNE(Phase.APPLYING, true, false, true),
    HEALTH(Phase.CHECKING_HEALTH, true, false, true),
    /** Nothing will do but another spec. */
    SPEC(null, false, true, false);

    private final @Nullable Phase phase;
    private final boolean attempted;
    private final boolean stalled;
    private final boolean remembered;

    Setback(@Nullable Phase phase, boolean attempted, boolean stalled, boolean remembered) {
        this.phase = phase;
        this.attempted = attempted;
        this.stalled = stalled;
        this.remembered = remembered;
    }

    /** What was being done; absent where nothing had begun. */
    @Nullable Phase phase() {
        return phase;
    }

    /** Whether the revision counts as attempted. */
    boolean attempted() {
        return attempted;
    }

    /** Whether it is not tried again. */
    boolean stalled() {
        return stalled;
    }

    /** Whether the history has an entry of it. */
    boolean remembered() {
        return remembered;
    }
}
