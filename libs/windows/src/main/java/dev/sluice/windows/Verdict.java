package dev.sluice.windows;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Whether changes of a delivery may be applied at an instant. */
public sealed interface Verdict {

    /** They may. */
    record Open() implements Verdict {}

    /**
     * They wait.
     *
     * @param opens when they may be applied next; null where no such time is found
     * @param zone in which to tell it
     * @param holdsDrift whether drift waits too
     * @param deniesUrgency whether urgent changes wait too
     */
    record Closed(@Nullable Instant opens, ZoneId zone, boolean holdsDrift, boolean deniesUrgency)
            implements Verdict {

        private static final DateTimeFormatter TEXT =
                DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssXXX");

        /**
         * The next opening as people read it: {@code 2026-11-28T22:00:00+01:00 (Europe/Berlin)}.
         */
        public String opensAt() {
            return opens == null
                    ? "never: its windows do not meet within the next years"
                    : TEXT.format(opens.truncatedTo(ChronoUnit.SECONDS).atZone(zone))
                            + " ("
                            + zone
                            + ')';
        }
    }

    /** A window that covers the delivery cannot be read: nothing is applied until it can. */
    record Invalid(String message) implements Verdict {}
}
