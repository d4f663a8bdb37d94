package dev.sluice.applier;

import dev.sluice.pipeline.EventIds;
import dev.sluice.pipeline.EventSender;
import io.smallrye.reactive.messaging.kafka.Record;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;

/** The topics that the applier writes to. */
@Singleton
class ApplierChannels {

    private static final String PRODUCER = "sluice/applier";

    private final Emitter<Record<String, byte[]>> applied;
    private final Emitter<Record<String, byte[]>> outcomes;
    private final Emitter<Record<String, byte[]>> announcements;
    private final Emitter<Record<String, byte[]>> audit;

    ApplierChannels(
            @Channel("applier-applied") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
                    Emitter<Record<String, byte[]>> applied,
            @Channel("applier-outcomes") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
                    Emitter<Record<String, byte[]>> outcomes,
            @Channel("applier-announcements") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
                    Emitter<Record<String, byte[]>> announcements,
            @Channel("applier-audit") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
                    Emitter<Record<String, byte[]>> audit) {
        this.applied = applied;
        this.outcomes = outcomes;
        this.announcements = announcements;
        this.audit = audit;
    }

    EventSender applied(Clock clock) {
        return new EventSender(applied, PRODUCER, EventIds.system(), clock);
    }

    EventSender outcomes(Clock clock) {
        return new EventSender(outcomes, PRODUCER, EventIds.system(), clock);
    }

    EventSender announcements(Clock clock) {
        return new EventSender(announcements, PRODUCER, EventIds.system(), clock);
    }

    EventSender audit(Clock clock) {
        return new EventSender(audit, PRODUCER, EventIds.system(), clock);
    }
}
