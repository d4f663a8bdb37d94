package dev.sluice.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which Kafka a command asks. */
final class BrokerOptions {

    @Option(names = "--kafka", paramLabel = "HOST:PORT", description = "The broker.")
    private @Nullable String kafka;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "The directory of a running sluice up, whose broker is asked; ~/.local/share/sluice/default by default.")
    private @Nullable Path data;

    /** The address of a broker, as someone gave it. */
    static String checked(String kafka) throws CommandFailure {
        if (!kafka.matches("[^:,\\s]+:[0-9]{1,5}")) {
            throw new CommandFailure("--kafka '" + kafka + "' is not HOST:PORT", 2);
        }
        return kafka;
    }

    /** The data directory that someone gave, or the one where {@code sluice up} keeps its own. */
    static Path folder(@Nullable Path data) {
        return data != null
                ? data
                : Path.of(System.getProperty("user.home"), ".local", "share", "sluice", "default");
    }

    String address() throws CommandFailure {
        if (kafka != null) {
            return checked(kafka);
        }
        Path folder = folder(data);
        try {
            return Files.readString(folder.resolve("kafka.address")).strip();
        } catch (IOException e) {
            throw new CommandFailure(
                    "✗ no sluice up ran in " + folder + ": name the broker by --kafka HOST:PORT",
                    2);
        }
    }
}
