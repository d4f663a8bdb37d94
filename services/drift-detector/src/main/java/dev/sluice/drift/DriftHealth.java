package dev.sluice.drift;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while the detector sees the deliveries of its cluster; else it says what is missing. */
@Readiness
@ApplicationScoped
class DriftHealth implements HealthCheck {

    private final DriftFlow flow;

    DriftHealth(DriftFlow flow) {
        this.flow = flow;
    }

    @Override
    public HealthCheckResponse call() {
        Optional<String> missing = flow.missing();
        var response = HealthCheckResponse.named("drift-detector").status(missing.isEmpty());
        missing.ifPresent(what -> response.withData("missing", what));
        return response.build();
    }
}
