package dev.sluice.applier;

import dev.sluice.events.Topic;
import dev.sluice.pipeline.EventSender;
import dev.sluice.pipeline.EventSenders;
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

    private final EventSenders senders;
    private final Emitter<Record<String, byte[]>> applied;
    private final Emitter<Record<String, byte[]>> outcomes;
    private final Emitter<Record<String, byte[]>> announcements;
    private final Emitter<Record<String, byte[]>> audit;

    ApplierChannels(
            EventSenders senders,
            @Channel("applier-applied") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
                    Emitter<Record<String, byte[]>> applied,
            @Channel("applier-outcomes") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
                    Emitter<Record<String, byte[]>> outcomes,
            @Channel("applier-announcements") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
                    Emitter<Record<String, byte[]>> announcements,
            @Channel("applier-audit") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
                    Emitter<Record<String, byte[]>> audit) {
        this.senders = senders;
        this.applied = applied;
        this.outcomes = outcomes;
        this.announcements = announcements;
        this.audit = audit;
    }

    EventSender applied(Clock clock) {
        return senders.to(Topic.APPLIED, applied, PRODUCER, clock);
    }

    EventSender outcomes(Clock clock) {
        return senders.to(Topic.OUTCOMES, outcomes, PRODUCER, clock);
    }

    EventSender announcements(Clock clock) {
        return senders.to(Topic.ANNOUNCEMENTS, announcements, PRODUCER, clock);
    }

    EventSender audit(Clock clock) {
        return senders.to(Topic.AUDIT, audit, PRODUCER, clock);
    }
}
