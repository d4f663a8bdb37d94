package dev.sluice.applier;

import java.time.Instant;

/**
 * A health check that goes on.
 *
 * @param started when the work of the attempt began
 * @param since when the checks began
 * @param deadline when it fails
 * @param watch what is seen of the objects
 */
record HealthWait(Instant started, Instant since, Instant deadline, HealthWatch watch) {}
