package dev.sluice.applier;

import dev.sluice.kubernetes.health.HealthWatch;
import java.time.Instant;

/**
 * A health check that goes on.
 *
 * @param started when the work of the attempt began
 * @param since when the checks began
 * @param deadline when it fails
 * @param done what was applied before it
 * @param watch what is seen of the objects
 */
record HealthWait(
        Instant started,
        Instant since,
        Instant deadline,
        ApplyResult.Done done,
        HealthWatch watch) {}
