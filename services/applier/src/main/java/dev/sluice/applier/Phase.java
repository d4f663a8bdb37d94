package dev.sluice.applier;

/** What is being done, as the Reconciling condition tells it in Flux's words. */
enum Phase {
    FETCHING("Fetching manifests"),
    BUILDING("Building manifests"),
    APPLYING("Detecting drift"),
    CHECKING_HEALTH("Running health checks");

    private final String words;

    Phase(String words) {
        this.words = words;
    }

    String message(Attempt attempt) {
        return words
                + " for revision "
                + attempt.revision()
                + " with a timeout of "
                + attempt.budget().timeout();
    }
}
