package dev.sluice.cli;

import dev.sluice.fluxapi.GoDuration;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How long a command waits. */
final class PatienceOptions {

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            defaultValue = "5m0s",
            converter = Converter.class,
            description = "How long to wait; ${DEFAULT-VALUE} by default.")
    private GoDuration timeout = GoDuration.ofSeconds(300);

    Duration timeout() {
        return timeout.toDuration();
    }

    /** A duration as one writes it on a command line. */
    static Duration parse(String text) {
        return new Converter().convert(text).toDuration();
    }

    private static final class Converter implements ITypeConverter<GoDuration> {

        @Override
        public GoDuration convert(String value) {
            try {
                return GoDuration.parse(value);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(
                        "'" + value + "' is not a duration such as 90s or 5m");
            }
        }
    }
}
