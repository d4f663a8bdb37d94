package dev.sluice.applier;

import dev.sluice.fluxapi.kustomize.Kustomization;
import dev.sluice.kubernetes.apply.Inventory;
import java.util.Optional;

/**
 * Holds a deletion that is more likely a mistake than a wish: a folder that was moved, a source
 * that suddenly renders nothing. Flux has nothing like it.
 *
 * @param from how many objects an inventory has at least to be guarded
 * @param share of the inventory that may be deleted without a confirmation, from 0 to 1
 */
record PruneGuard(int from, double share) {

    /** Confirms the deletion at the revision that is its value. */
    static final String CONFIRMATION = "sluice.dev/confirm-prune";

    PruneGuard {
        if (share < 0 || share > 1) {
            throw new IllegalArgumentException("a share is from 0 to 1, not " + share);
        }
    }

    /** Why the deletion is held, and what to do; empty where it may go on. */
    Optional<String> held(Inventory all, Inventory stale, Kustomization object, String revision) {
        int total = all.entries().size();
        int gone = stale.entries().size();
        if (total < from || gone <= total * share || confirms(object, revision)) {
            return Optional.empty();
        }
        return Optional.of(
                "%d of %d objects are not in revision %s any more and would be deleted. Nothing was deleted. If that is meant, set the annotation %s to '%s'"
                        .formatted(gone, total, revision, CONFIRMATION, revision));
    }

    static boolean confirms(Kustomization object, String revision) {
        return revision.equals(object.metadata().annotations().get(CONFIRMATION));
    }
}
