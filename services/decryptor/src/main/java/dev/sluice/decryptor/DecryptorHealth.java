package dev.sluice.decryptor;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready once the decryptor knows all that there is to work on; else it says what is missing. */
@Readiness
@ApplicationScoped
class DecryptorHealth implements HealthCheck {

    private final DecryptorFlow flow;

    DecryptorHealth(DecryptorFlow flow) {
        this.flow = flow;
    }

    @Override
    public HealthCheckResponse call() {
        Optional<String> missing = flow.missing();
        var response = HealthCheckResponse.named("decryptor").status(missing.isEmpty());
        missing.ifPresent(what -> response.withData("missing", what));
        return response.build();
    }
}
