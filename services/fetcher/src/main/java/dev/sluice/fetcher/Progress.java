package dev.sluice.fetcher;

import dev.sluice.events.Stage;
import dev.sluice.fetcher.source.Outcome;
import dev.sluice.fetcher.source.SourceKey;
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

    Run start(SourceKey key) {
        return new Run(key, clock.instant());
    }

    void deleted(SourceKey key) {
        LOG.atInfo().addKeyValue(TARGET, key.toString()).log("source deleted");
    }

    /** One look at one source. */
    final class Run {

        private final SourceKey key;
        private final Instant start;

        private Run(SourceKey key, Instant start) {
            this.key = key;
            this.start = start;
        }

        void changed(String revision) {
            Duration took = ended("changed");
            LOG.atInfo()
                    .addKeyValue(TARGET, key.toString())
                    .addKeyValue("revision", revision)
                    .addKeyValue("ms", took.toMillis())
                    .log("source changed");
        }

        void made(boolean changed) {
            ended(changed ? "changed" : "unchanged");
        }

        void unchanged() {
            ended("unchanged");
        }

        void failed(Outcome.Failed failed) {
            ended(failed.reason());
            LOG.atWarn()
                    .addKeyValue(TARGET, key.toString())
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
