package dev.sluice.fetcher.source;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.artifacts.ArtifactManifest;
import dev.sluice.events.Commit;
import dev.sluice.fluxapi.Reasons;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What came of looking at a source. */
public sealed interface Outcome {

    /** The artifact that is there is the wanted one. */
    record Unchanged(Report report) implements Outcome {}

    /**
     * There is a new artifact in the store.
     *
     * @param event what an Event tells about it
     * @param commit null where it was made of none
     */
    record Stored(NewArtifact artifact, Report report, Event event, @Nullable Commit commit)
            implements Outcome {}

    /**
     * The sources that this one makes are as they should be.
     *
     * @param changed whether they were not before
     */
    record Made(Report report, boolean changed) implements Outcome {}

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

    /**
     * An artifact that was stored.
     *
     * @param file its name for those who download it, for example {@code <commit>.tar.gz}
     * @param metadata what the source says about it, for example the annotations of a manifest
     */
    record NewArtifact(
            String revision, String file, ArtifactManifest stored, Map<String, String> metadata) {
        public NewArtifact {
            metadata = Map.copyOf(metadata);
        }
    }

    /**
     * What the status says of a source that is as it should be.
     *
     * @param reason of {@code Ready}
     * @param message of {@code Ready}
     * @param stored the message of {@code ArtifactInStorage}
     * @param verified null where no signature is asked for
     * @param observed the fields that the kind adds to the status
     */
    record Report(
            String reason,
            String message,
            String stored,
            @Nullable Verified verified,
            ObjectNode observed) {

        /** With one message for both conditions. */
        public static Report succeeded(
                String message, @Nullable Verified verified, ObjectNode observed) {
            return new Report(Reasons.SUCCEEDED, message, message, verified, observed);
        }
    }

    /** A signature that was found good: what {@code SourceVerified} says. */
    record Verified(String message) {}

    /** What an Event says. */
    record Event(String reason, String message) {

        /** Of a new artifact. */
        public static Event newArtifact(String message) {
            return new Event("NewArtifact", message);
        }
    }
}
