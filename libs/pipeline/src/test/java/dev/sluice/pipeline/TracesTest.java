package dev.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.DeliveryDeleted;
import dev.sluice.events.DeliveryId;
import dev.sluice.events.Envelope;
import dev.sluice.events.Event;
import dev.sluice.events.Position;
import dev.sluice.events.SourceDeleted;
import dev.sluice.events.SourceId;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TracesTest {

    private static final Instant PUSHED = Instant.parse("2026-03-01T10:00:00Z");
    private static final String FIRST_ID = "0190aaaabbbbcccc0123456789abcdef";
    private static final Event FIRST =
            new SourceDeleted(new SourceId("plant", "GitRepository", "apps", "fleet"), 1, "gone");
    private static final Event NEXT =
            new DeliveryDeleted(
                    new DeliveryId("plant", "Kustomization", "apps", "shop"),
                    new Position("uid", 1, 1, 0),
                    "gone");

    private final InMemorySpanExporter spans = InMemorySpanExporter.create();
    private final Traces traces =
            new Traces(
                    SdkTracerProvider.builder()
                            .addSpanProcessor(SimpleSpanProcessor.create(spans))
                            .build()
                            .get("test"));

    @Test
    void aPushAndWhatFollowsFromItAreOneTraceWithTheWaitsBetween() {
        String first = step(traces, FIRST, null);
        step(traces, NEXT, envelope(first));

        List<SpanData> found = spans.getFinishedSpanItems();
        assertThat(found).hasSize(2);
        SpanData root = found.getFirst();
        SpanData child = found.getLast();
        assertThat(root.getParentSpanContext().isValid()).isFalse();
        assertThat(child.getTraceId()).isEqualTo(root.getTraceId());
        assertThat(child.getParentSpanId()).isEqualTo(root.getSpanId());
        assertThat(child.getName()).isEqualTo("delivery.deleted");
        assertThat(child.getStartEpochNanos())
                .isEqualTo(TimeUnit.SECONDS.toNanos(PUSHED.getEpochSecond()));
    }

    @Test
    void withoutACollectorTheFirstTraceIsCarriedOn() {
        String first = step(Traces.none(), FIRST, null);

        assertThat(first).isEqualTo("00-" + FIRST_ID + "-0123456789abcdef-01");
        assertThat(step(Traces.none(), NEXT, envelope(first))).isEqualTo(first);
    }

    private static @Nullable String step(Traces traces, Event event, @Nullable Envelope<?> cause) {
        try (Traces.Step step = traces.begin(event, FIRST_ID, "sluice/test", cause)) {
            return step.traceparent();
        }
    }

    private static Envelope<Event> envelope(@Nullable String traceparent) {
        return new Envelope<>(
                FIRST_ID, PUSHED, "sluice/test", FIRST_ID, FIRST_ID, traceparent, FIRST);
    }
}
