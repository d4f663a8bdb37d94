package dev.sluice.cli;

import dev.sluice.audit.log.BrokerLog;
import dev.sluice.audit.log.LogDirectory;
import dev.sluice.audit.log.RecordLog;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which log is asked. */
final class LogOptions {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Data directory of 'sluice up', running or not, or a copy of it; default: ~/.local/share/sluice/default.")
    private @Nullable Path data;

    @Option(names = "--kafka", paramLabel = "HOST:PORT", description = "Ask this Kafka broker.")
    private @Nullable String kafka;

    /** The data directory, which need not be there. */
    Path data() {
        return data != null
                ? data
                : Path.of(System.getProperty("user.home"), ".local", "share", "sluice", "default");
    }

    /** Whether a data directory was named, or nothing else was. */
    boolean hasData() {
        return data != null || kafka == null;
    }

    RecordLog log() throws CommandFailure {
        if (kafka != null) {
            if (!kafka.matches("[^:,\\s]+:[0-9]{1,5}")) {
                throw new CommandFailure("--kafka '" + kafka + "' is not HOST:PORT", 2);
            }
            return new BrokerLog(kafka);
        }
        try {
            return LogDirectory.in(data());
        } catch (IOException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()), 2);
        }
    }
}
