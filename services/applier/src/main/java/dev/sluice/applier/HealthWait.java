package dev.sluice.applier;

import java.time.Instant;

/**
 * A health check that goes on.
 *
 * @param started when the work of the attempt began
 * @param since when the checks began
 * @param deadline when it fails
 * @param told whether the status says that it goes on
 */
record HealthWait(Instant started, Instant since, Instant deadline, boolean told) {}
