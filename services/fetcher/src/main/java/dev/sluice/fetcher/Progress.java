package dev.sluice.fetcher;

import dev.sluice.events.Stage;
import dev.sluice.pipeline.StageTimer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs and measures what the fetcher does: one line for each event that it writes, one metric for
 * each run.
 */
final class Progress {

    private static final Logger LOG = LoggerFactory.getLogger(Progress.class);
    private static final String TARGET = "target";

    private final StageTimer timer;
    private final Clock clock;

    Progress(StageTimer timer, Clock clock) {
        this.timer = timer;
        this.clock = clock;
    }

    Run start(ObjectKey key) {
        return new Run(key, clock.instant());
    }

    void deleted(ObjectKey key) {
        LOG.atInfo().addKeyValue(TARGET, shown(key)).log("source deleted");
    }

    private static String shown(ObjectKey key) {
        return "GitRepository/" + key;
    }

    /** One look at one source. */
    final class Run {

        private final ObjectKey key;
        private final Instant start;

        private Run(ObjectKey key, Instant start) {
            this.key = key;
            this.start = start;
        }

        void changed(String revision) {
            Duration took = ended("changed");
            LOG.atInfo()
                    .addKeyValue(TARGET, shown(key))
                    .addKeyValue("revision", revision)
                    .addKeyValue("ms", took.toMillis())
                    .log("source changed");
        }

        void unchanged() {
            ended("unchanged");
        }

        void failed(Outcome.Failed failed) {
            ended(failed.reason());
            LOG.atWarn()
                    .addKeyValue(TARGET, shown(key))
                    .addKeyValue("reason", failed.reason())
                    .log(failed.message());
        }

        private Duration ended(String outcome) {
            Duration took = Duration.between(start, clock.instant());
            timer.record(Stage.FETCHER, outcome, took);
            return took;
        }
    }
}
