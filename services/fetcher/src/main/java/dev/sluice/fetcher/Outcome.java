package dev.sluice.fetcher;

import dev.sluice.artifacts.ArtifactManifest;
import dev.sluice.events.Commit;
import dev.sluice.fluxapi.Artifact;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of looking at a source. */
sealed interface Outcome {

    /**
     * The artifact that is there is the wanted one.
     *
     * @param verified null where no signature is asked for
     */
    record Unchanged(@Nullable Verified verified) implements Outcome {}

    /**
     * There is a new artifact in the store.
     *
     * @param includedArtifacts those that were copied into it
     * @param verified null where no signature is asked for
     */
    record Stored(
            String revision,
            ArtifactManifest artifact,
            Commit commit,
            List<Artifact> includedArtifacts,
            @Nullable Verified verified)
            implements Outcome {}

    /**
     * The wanted artifact could not be had.
     *
     * @param condition the type of the condition that says so
     * @param reason Flux's word
     * @param isFinal whether trying again is in vain until the object changes
     * @param artifactLost whether the last artifact is no longer in the store; else it stays
     */
    record Failed(
            String condition, String reason, String message, boolean isFinal, boolean artifactLost)
            implements Outcome {}

    /** A signature that was found good. */
    record Verified(String mode, String message) {}
}
