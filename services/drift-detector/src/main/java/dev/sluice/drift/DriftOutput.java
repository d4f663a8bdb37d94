package dev.sluice.drift;

import dev.sluice.events.DriftDetected;
import dev.sluice.events.DriftedObject;
import dev.sluice.events.Envelope;
import dev.sluice.pipeline.EventSender;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of drift. */
final class DriftOutput {

    private static final Logger LOG = LoggerFactory.getLogger(DriftOutput.class);

    private final EventSender sender;

    DriftOutput(EventSender sender) {
        this.sender = sender;
    }

    /** Writes the report and one line of the log. */
    void say(DriftDetected report, Envelope<?> cause) {
        sender.send(report, cause);
        LOG.atInfo()
                .addKeyValue("target", report.delivery())
                .addKeyValue(
                        "objects",
                        report.objects().stream()
                                .map(DriftedObject::id)
                                .limit(5)
                                .collect(Collectors.joining(" ")))
                .addKeyValue("who", report.objects().getFirst().who())
                .log("drift detected");
    }
}
