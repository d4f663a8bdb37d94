package dev.sluice.cli;

import dev.sluice.audit.log.BrokerLog;
import dev.sluice.audit.log.LogDirectory;
import dev.sluice.audit.log.RecordLog;
import dev.sluice.cli.audit.Moment;
import dev.sluice.database.DatabaseAddress;
import dev.sluice.database.EmbeddedPostgres;
import dev.sluice.database.LedgerLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
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

    @Option(
            names = "--ledger",
            paramLabel = "URL",
            description =
                    "Ask the ledger: 'embedded' for the one of the running process with that data directory, or the URL of a PostgreSQL.")
    private @Nullable String ledger;

    /** The data directory, which need not be there. */
    Path data() {
        return BrokerOptions.folder(data);
    }

    /** Whether a data directory was named, or nothing else was. */
    boolean hasData() {
        return data != null || (kafka == null && ledger == null);
    }

    /** The address of the broker, where one was named. */
    @Nullable String kafka() {
        return kafka;
    }

    /** What a question to a log gives, or why not. */
    interface Reading<T, X extends Exception> {
        T of(RecordLog log) throws IOException, X;
    }

    /** Reads the log that was named, or the ledger. */
    <T, X extends Exception> T read(Reading<T, X> reading) throws CommandFailure, X {
        try {
            return reading.of(ledger == null ? log() : new LedgerLog(ledger()));
        } catch (IOException | UncheckedIOException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()), 2);
        }
    }

    /** The log itself: what is verified is no ledger. */
    RecordLog log() throws CommandFailure {
        if (kafka != null) {
            return new BrokerLog(BrokerOptions.checked(kafka));
        }
        try {
            return LogDirectory.in(data());
        } catch (IOException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()), 2);
        }
    }

    static Instant moment(String text) throws CommandFailure {
        try {
            return Moment.parse(text, Clock.systemUTC());
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()), 2);
        }
    }

    /** The ledger that was named; that of the data directory where none was. */
    DatabaseAddress ledger() throws IOException, CommandFailure {
        if (ledger != null && !ledger.equals("embedded")) {
            try {
                return DatabaseAddress.parse(ledger);
            } catch (IllegalArgumentException e) {
                throw new CommandFailure("--ledger is " + e.getMessage(), 2);
            }
        }
        return EmbeddedPostgres.running(data().resolve("ledger"))
                .orElseThrow(() -> new IOException("no ledger runs in " + data()));
    }
}
