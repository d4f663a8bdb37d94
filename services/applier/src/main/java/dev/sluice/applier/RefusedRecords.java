package dev.sluice.applier;

import dev.sluice.events.DeliveryEvent;
import dev.sluice.events.Envelope;
import dev.sluice.events.Event;
import dev.sluice.events.Position;
import dev.sluice.events.Reason;
import dev.sluice.events.RecordRefused;
import dev.sluice.fluxapi.kustomize.Kustomization;
import dev.sluice.pipeline.EventSender;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts refused records, and tells of each: in the log, the audit topic, and an Event. */
final class RefusedRecords {

    /** Why a record is refused. */
    enum Why {
        SIGNATURE("signature", "no key of the decryptor of this cluster signed it"),
        REPLAY("replay", "it is older than what was accepted before");

        final String word;
        final String sentence;

        Why(String word, String sentence) {
            this.word = word;
            this.sentence = sentence;
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(RefusedRecords.class);

    private final Meters meters;
    private final EventSender audit;
    private final Announcer announcer;
    private final Kustomizations objects;

    RefusedRecords(Meters meters, EventSender audit, Announcer announcer, Kustomizations objects) {
        this.meters = meters;
        this.audit = audit;
        this.announcer = announcer;
        this.objects = objects;
    }

    /** Tells of a record of the topic that is not acted upon. */
    void tell(Envelope<Event> record, Why why) {
        DeliveryEvent event = (DeliveryEvent) record.event();
        meters.refused(why);
        LOG.atError()
                .addKeyValue("target", event.delivery())
                .addKeyValue("eventId", record.id())
                .addKeyValue("reason", why.sentence)
                .log("a record on sluice.revealed is refused");
        audit.send(
                new RecordRefused(event.delivery(), event.position(), record.id(), why.word),
                record);
        Kustomization object = objects.get(event.delivery());
        if (object != null) {
            Position position =
                    new Position(object.metadata().uid(), object.metadata().generation(), 0, 0);
            announcer.warning(
                    object,
                    new Attempt(position, null, null, Budget.of(object.spec())),
                    Reason.RECORD_REFUSED,
                    "a record on sluice.revealed is refused: "
                            + why.sentence
                            + "; nothing was applied of it");
        }
    }
}
