package dev.sluice.cli;

import dev.sluice.sops.DecryptOptions;
import dev.sluice.sops.Format;
import dev.sluice.sops.KeyRing;
import dev.sluice.sops.Limits;
import dev.sluice.sops.Sops;
import dev.sluice.sops.SopsException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints a SOPS file in clear. */
@Command(
        name = "decrypt",
        mixinStandardHelpOptions = true,
        description = "Prints a SOPS file in clear.")
final class DecryptCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "The encrypted file; - reads standard input.")
    private Path file = Path.of("-");

    @Option(
            names = "--input-type",
            paramLabel = "TYPE",
            description = "yaml, json, dotenv, ini or binary; by default the file's name tells.")
    private @Nullable String inputType;

    @Option(
            names = "--output-type",
            paramLabel = "TYPE",
            description = "The type to print; by default that of the file.")
    private @Nullable String outputType;

    @Option(
            names = "--ignore-mac",
            description = "Print the file even when its checksum does not fit.")
    private boolean ignoreMac;

    @Mixin private KeyOptions keys = new KeyOptions();

    @Mixin private KeyServiceOptions services = new KeyServiceOptions();

    @Override
    public Integer call() throws CommandFailure {
        Format in = SecretFile.format(inputType, file);
        Format out = outputType == null ? in : SecretFile.format(outputType, file);
        DecryptOptions options =
                new DecryptOptions(
                        !ignoreMac,
                        services.services(),
                        Limits.DEFAULT.withMaxBytes(SecretFile.MAX_BYTES));
        try (KeyRing ring = keys.ring()) {
            byte[] clear = Sops.decrypt(SecretFile.read(file), in, out, ring, options);
            System.out.write(clear, 0, clear.length);
            System.out.flush();
            return 0;
        } catch (SopsException e) {
            throw new CommandFailure("cannot decrypt " + file + ": " + e.getMessage());
        }
    }
}
