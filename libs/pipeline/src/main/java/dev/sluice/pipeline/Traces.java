package dev.sluice.pipeline;

import dev.sluice.events.DeliveryFailed;
import dev.sluice.events.Envelope;
import dev.sluice.events.Event;
import dev.sluice.events.EventCodec;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Spans of the stages. The span of an event reaches from the event that it follows from to its own
 * being written, so the waits between the stages show too, and it is the parent of what follows: a
 * push with all that it moves is one trace. Its id is the {@code traceparent} of the events (<a
 * href="https://www.w3.org/TR/trace-context/">W3C Trace Context</a>).
 *
 * <p>Where no collector is named, nothing is recorded and the first event's trace is carried on.
 */
public final class Traces {

    private static final String HEADER = "traceparent";

    private static final TextMapGetter<Map<String, String>> GETTER =
            new TextMapGetter<>() {
                @Override
                public Iterable<String> keys(Map<String, String> carrier) {
                    return List.copyOf(carrier.keySet());
                }

                @Override
                public @Nullable String get(@Nullable Map<String, String> carrier, String key) {
                    return carrier == null ? null : carrier.get(key);
                }
            };

    private final @Nullable Tracer tracer;

    /** Spans go where the tracer sends them. */
    public Traces(Tracer tracer) {
        this.tracer = tracer;
    }

    private Traces() {
        this.tracer = null;
    }

    /** No spans. */
    public static Traces none() {
        return new Traces();
    }

    /**
     * The span of an event that is about to be written.
     *
     * @param id of the event
     * @param cause what it follows from; null where it is the first
     */
    Step begin(Event event, String id, String producer, @Nullable Envelope<?> cause) {
        if (tracer == null) {
            return new Step(Span.getInvalid(), cause == null ? firstOf(id) : cause.traceparent());
        }
        var builder =
                tracer.spanBuilder(EventCodec.wordOf(event.getClass()))
                        .setSpanKind(SpanKind.PRODUCER)
                        .setAttribute("sluice.producer", producer)
                        .setAttribute("sluice.key", event.key())
                        .setAttribute("sluice.event", id);
        if (cause == null) {
            builder.setNoParent();
        } else {
            builder.setParent(parent(cause)).setStartTimestamp(cause.time());
        }
        Span span = builder.startSpan();
        if (event instanceof DeliveryFailed failed) {
            span.setStatus(StatusCode.ERROR, failed.reason().word());
        }
        return new Step(span, header(span.getSpanContext()));
    }

    /** An id is time and chance, as the id of a trace should be. */
    private static String firstOf(String id) {
        return "00-" + id + "-" + id.substring(16) + "-01";
    }

    private static Context parent(Envelope<?> cause) {
        String header = cause.traceparent();
        return header == null
                ? Context.root()
                : W3CTraceContextPropagator.getInstance()
                        .extract(Context.root(), Map.of(HEADER, header), GETTER);
    }

    private static String header(SpanContext context) {
        return "00-"
                + context.getTraceId()
                + '-'
                + context.getSpanId()
                + '-'
                + context.getTraceFlags().asHex();
    }

    /**
     * A span that is open.
     *
     * @param traceparent what the event carries
     */
    record Step(Span span, @Nullable String traceparent) implements AutoCloseable {

        @Override
        public void close() {
            span.end();
        }
    }
}
