package dev.sluice.applier;

import dev.sluice.pipeline.StageTimer;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;

/** What the applier counts and times. */
@Singleton
class Meters {

    private final StageTimer timer;
    private final MeterRegistry registry;

    Meters(StageTimer timer, MeterRegistry registry) {
        this.timer = timer;
        this.registry = registry;
    }

    StageTimer timer() {
        return timer;
    }

    /** A record was not acted upon. */
    void refused(RefusedRecords.Why why) {
        registry.counter("sluice.records.refused", "stage", "applier", "why", why.word).increment();
    }
}
