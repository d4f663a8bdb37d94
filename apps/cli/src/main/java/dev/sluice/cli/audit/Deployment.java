package dev.sluice.cli.audit;

import dev.sluice.events.Commit;
import dev.sluice.events.DeliveryApplied;
import dev.sluice.events.DeliveryId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was deployed for one delivery at a moment.
 *
 * @param applied the latest apply until then: revision, digests, all objects
 * @param since when it was written
 * @param event its id
 * @param state how the delivery stood: {@code applied}, {@code failed}, {@code waiting}, {@code
 *     drifted}, or {@code partly applied} where an apply had begun and not ended
 * @param message what went wrong, where something did
 * @param commit who wrote the revision
 */
public record Deployment(
        DeliveryId delivery,
        DeliveryApplied applied,
        Instant since,
        String event,
        String state,
        String message,
        @Nullable Commit commit) {}
