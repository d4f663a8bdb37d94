package dev.sluice.pipeline;

import dev.sluice.events.Stage;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/**
 * How long the stages take: {@code sluice_stage_seconds{stage,outcome}}. Outcomes are words from a
 * fixed set, never names of objects.
 */
@ApplicationScoped
public class StageTimer {

    private final MeterRegistry registry;

    public StageTimer(MeterRegistry registry) {
        this.registry = registry;
    }

    /**
     * Records one run.
     *
     * @param outcome for example {@code done} or the word of a reason
     */
    public void record(Stage stage, String outcome, Duration took) {
        registry.timer("sluice.stage", "stage", stage.wireName(), "outcome", outcome).record(took);
    }
}
