package dev.sluice.cli;

import dev.sluice.sops.CreationRule;
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
import java.util.Map;
import java.util.TreeMap;
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
            paramLabel = "RECIPIENT",
            description =
                    "Who can open it: an age or SSH public key, a PGP public key file, or the name of a key in a key service. Without one, the nearest .sops.yaml tells.")
    private List<String> recipients = new ArrayList<>();

    @Option(
            names = "--input-type",
            paramLabel = "TYPE",
            description = "yaml, json, dotenv, ini or binary; by default the file's name tells.")
    private @Nullable String inputType;

    @Option(
            names = "--encryption-context",
            split = ",",
            paramLabel = "KEY:VALUE",
            description = "What AWS KMS binds the data key to.")
    private List<String> context = new ArrayList<>();

    @Option(
            names = "--mac-only-encrypted",
            description = "The checksum is over the encrypted values alone.")
    private boolean macOnlyEncrypted;

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
                    writer.encrypt(SecretFile.read(file), format, creationRule(ring), ring);
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

    /** What the command line says goes before what the file with the rules says. */
    private CreationRule creationRule(KeyRing ring)
            throws SopsException, IOException, CommandFailure {
        if (!recipients.isEmpty()) {
            return new CreationRule(
                    Recipients.of(bound(parsed(recipients))), rule.rule(), macOnlyEncrypted);
        }
        CreationRule found =
                CreationRule.of(file, ring)
                        .orElseThrow(() ->
                                new CommandFailure(
                                        "who is to open "
                                                + file
                                                + "? There is neither --recipient nor a "
                                                + CreationRule.FILE
                                                + " with a rule for it",
                                        2));
        return new CreationRule(
                found.recipients(),
                rule.isGiven() ? rule.rule() : found.selection(),
                macOnlyEncrypted || found.macOnlyEncrypted());
    }

    private List<Recipient> bound(List<Recipient> parsed) throws CommandFailure {
        Map<String, String> pairs = new TreeMap<>();
        for (String pair : context) {
            int colon = pair.indexOf(':');
            if (colon < 1) {
                throw new CommandFailure("--encryption-context takes KEY:VALUE", 2);
            }
            pairs.put(pair.substring(0, colon), pair.substring(colon + 1));
        }
        return parsed.stream().map(recipient -> recipient.boundTo(pairs)).toList();
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
