package dev.sluice.applier.helm;

/** How Helm's records of a release stand to what is wanted. */
enum ReleaseState {
    /** There is none, or it was uninstalled. */
    ABSENT,
    /** Someone died in the middle of an action. */
    LOCKED,
    /** It was made or changed by someone else. */
    UNMANAGED,
    /** It is of another chart or other values. */
    OUT_OF_SYNC,
    UNTESTED,
    FAILED,
    /** The cluster differs from it. */
    DRIFTED,
    IN_SYNC
}
