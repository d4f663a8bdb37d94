package dev.sluice.cli;

import dev.sluice.sops.Format;
import dev.sluice.sops.KeyRing;
import dev.sluice.sops.Recipient;
import dev.sluice.sops.Recipients;
import dev.sluice.sops.SopsException;
import dev.sluice.sops.SopsWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Encrypts a file as SOPS does. */
@Command(
        name = "encrypt",
        mixinStandardHelpOptions = true,
        description = "Encrypts a file as SOPS does.")
final class EncryptCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "The file in clear; - reads standard input.")
    private Path file = Path.of("-");

    @Option(
            names = {"--recipient", "-r"},
            required = true,
            paramLabel = "RECIPIENT",
            description =
                    "Who can open it: an age or SSH public key, a PGP public key file, or the name of a key in a key service.")
    private List<String> recipients = new ArrayList<>();

    @Option(
            names = "--input-type",
            paramLabel = "TYPE",
            description = "yaml, json, dotenv, ini or binary; by default the file's name tells.")
    private @Nullable String inputType;

    @Option(
            names = {"--in-place", "-i"},
            description = "Write the file instead of printing it.")
    private boolean inPlace;

    @Mixin private KeyOptions keys = new KeyOptions();

    @Mixin private KeyServiceOptions services = new KeyServiceOptions();

    @Mixin private RuleOptions rule = new RuleOptions();

    @Override
    public Integer call() throws CommandFailure {
        Format format = SecretFile.format(inputType, file);
        try (KeyRing ring = keys.ring()) {
            SopsWriter writer =
                    new SopsWriter(new SecureRandom(), Clock.systemUTC(), services.services());
            byte[] encrypted =
                    writer.encrypt(
                            SecretFile.read(file),
                            format,
                            Recipients.of(parsed(recipients)),
                            rule.rule(),
                            ring);
            if (inPlace) {
                SecretFile.replace(file, encrypted);
            } else {
                System.out.write(encrypted, 0, encrypted.length);
                System.out.flush();
            }
            return 0;
        } catch (SopsException e) {
            throw new CommandFailure("cannot encrypt " + file + ": " + e.getMessage());
        } catch (IOException e) {
            throw new CommandFailure("cannot write " + file);
        }
    }

    /** Recipients as the command line names them: in words, or by a file with a public key. */
    static List<Recipient> parsed(List<String> names) throws SopsException, CommandFailure {
        List<Recipient> parsed = new ArrayList<>();
        for (String name : names) {
            boolean file =
                    !name.contains("\n")
                            && !name.contains(":")
                            && Files.isRegularFile(Path.of(name));
            parsed.add(
                    Recipient.parse(
                            file
                                    ? new String(
                                            SecretFile.read(Path.of(name)), StandardCharsets.UTF_8)
                                    : name));
        }
        return parsed;
    }
}
