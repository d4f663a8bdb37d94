package dev.sluice.applier;

import dev.sluice.fluxapi.kustomize.KustomizationSpec;

/** What the deletion of a Kustomization does with its objects. */
enum DeletionPlan {
    LEAVE,
    PRUNE,
    /** Waits until the objects are really gone, at most for the timeout. */
    PRUNE_AND_WAIT;

    static DeletionPlan of(KustomizationSpec spec) {
        if (spec.suspend()) {
            return LEAVE;
        }
        return switch (spec.deletionPolicy()) {
            case DELETE -> PRUNE;
            case WAIT_FOR_TERMINATION -> PRUNE_AND_WAIT;
            case ORPHAN -> LEAVE;
            case MIRROR_PRUNE -> mirror(spec);
            case null -> mirror(spec);
        };
    }

    private static DeletionPlan mirror(KustomizationSpec spec) {
        return spec.prune() ? PRUNE : LEAVE;
    }
}
