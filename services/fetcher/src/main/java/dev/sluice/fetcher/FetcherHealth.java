package dev.sluice.fetcher;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Ready once it is known what was told before and what sources there are; says what is missing. */
@Readiness
@ApplicationScoped
public class FetcherHealth implements HealthCheck {

    private final FetcherService service;

    FetcherHealth(FetcherService service) {
        this.service = service;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("fetcher");
        FetcherService.State state = service.state();
        if (!state.restored()) {
            answer.withData("missing", "the broker: what was told before is not read yet");
        } else if (!state.unseen().isEmpty()) {
            answer.withData(
                    "missing",
                    "not served by the API server, or not listed yet: "
                            + String.join(", ", state.unseen()));
        }
        return answer.withData("sources", state.sources())
                .status(state.restored() && !state.unseen().contains("GitRepository"))
                .build();
    }
}
