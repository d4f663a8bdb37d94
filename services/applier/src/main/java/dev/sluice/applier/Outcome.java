package dev.sluice.applier;

import dev.sluice.events.Reason;
import dev.sluice.fluxapi.Inventory.Entry;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an attempt has come to, as far as the object's status shows it. */
sealed interface Outcome {

    /** The work takes so long that it is worth telling. */
    record Progressing(Phase phase) implements Outcome {}

    /**
     * All is applied and pruned, and the health checks go on.
     *
     * @param inventory what is in the cluster now
     */
    record AwaitingHealth(List<Entry> inventory) implements Outcome {

        public AwaitingHealth {
            inventory = List.copyOf(inventory);
        }
    }

    /**
     * The cluster is as the delivery wants it.
     *
     * @param build digest of the built objects, by which the history tells results apart
     * @param took since the work began
     * @param healthyAfter how long the health checks took; absent where there are none
     */
    record Succeeded(
            List<Entry> inventory, String build, Duration took, @Nullable Duration healthyAfter)
            implements Outcome {

        public Succeeded {
            inventory = List.copyOf(inventory);
        }
    }

    /**
     * It cannot go on.
     *
     * @param message for {@link Setback#HEALTH}, what was found; the status adds after how long
     * @param build digest for the history; absent where nothing was built
     * @param inventory what is in the cluster now; absent where the status keeps what it says
     * @param took since the work began; for {@link Setback#HEALTH} since the checks began
     */
    record Failed(
            Setback at,
            Reason reason,
            String message,
            @Nullable String build,
            @Nullable List<Entry> inventory,
            Duration took)
            implements Outcome {}

    /** A dependency is not ready. */
    record Blocked(String message) implements Outcome {}

    /** It waits for a maintenance window. */
    record AwaitingWindow(String message) implements Outcome {}

    /** Another manager keeps taking what is put right. */
    record Fighting(String message) implements Outcome {

        /** Not one of Flux's conditions. Negative polarity: it is there only while it is true. */
        static final String CONDITION = "Fighting";
    }

    /** It does not any more. */
    record Peace() implements Outcome {}

    /** A suspended object: only that the request was seen. */
    record Answered() implements Outcome {}
}
