package dev.sluice.applier;

import dev.sluice.fluxapi.GoDuration;
import dev.sluice.fluxapi.kustomize.KustomizationSpec;
import java.time.Duration;

/**
 * The times that a Kustomization gives, with Flux's defaults.
 *
 * @param interval how often the safety net looks
 * @param retry how long after a failure the same is tried again
 * @param timeout for applying and for the health checks
 */
record Budget(GoDuration interval, GoDuration retry, GoDuration timeout) {

    private static final GoDuration SHORTEST = GoDuration.ofSeconds(30);

    static Budget of(KustomizationSpec spec) {
        GoDuration interval = spec.interval();
        GoDuration retry = spec.retryInterval() == null ? interval : spec.retryInterval();
        return new Budget(interval, retry, timeout(spec));
    }

    /** Flux raises whatever is below half a minute to it, an explicit timeout too. */
    private static GoDuration timeout(KustomizationSpec spec) {
        GoDuration asked =
                spec.timeout() == null
                        ? new GoDuration(spec.interval().nanos() - SHORTEST.nanos())
                        : spec.timeout();
        return asked.compareTo(SHORTEST) < 0 ? SHORTEST : asked;
    }

    Duration retryAfter() {
        return retry.toDuration();
    }
}
