package dev.sluice.pipeline;

import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Where spans go: the OTLP collector of {@code OTEL_EXPORTER_OTLP_ENDPOINT}. The other <a
 * href="https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/">settings
 * of OpenTelemetry</a> hold too. Without an endpoint nothing of it is loaded.
 */
@ApplicationScoped
class Collector {

    private static final Map<String, String> DEFAULTS =
            Map.of(
                    "otel.service.name", "sluice",
                    "otel.exporter.otlp.protocol", "http/protobuf",
                    "otel.metrics.exporter", "none",
                    "otel.logs.exporter", "none");

    private final @Nullable OpenTelemetrySdk sdk;

    Collector(@ConfigProperty(name = "otel.exporter.otlp.endpoint") Optional<String> endpoint) {
        this.sdk =
                endpoint.isEmpty()
                        ? null
                        : AutoConfiguredOpenTelemetrySdk.builder()
                                .addPropertiesSupplier(() -> DEFAULTS)
                                .addPropertiesSupplier(
                                        () -> Map.of("otel.exporter.otlp.endpoint", endpoint.get()))
                                .disableShutdownHook()
                                .build()
                                .getOpenTelemetrySdk();
    }

    @Produces
    @Singleton
    Traces traces() {
        return sdk == null ? Traces.none() : new Traces(sdk.getTracer("sluice"));
    }

    /** What is still to be sent is sent, within OpenTelemetry's own time. */
    @PreDestroy
    void close() {
        if (sdk != null) {
            sdk.close();
        }
    }
}
