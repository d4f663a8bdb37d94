package dev.sluice.cli;

import dev.sluice.cli.secrets.CreationRules;
import dev.sluice.cli.secrets.RepositoryFile;
import dev.sluice.cli.secrets.Rotation;
import dev.sluice.cli.secrets.SecretSearch;
import dev.sluice.sops.DecryptOptions;
import dev.sluice.sops.KeyRing;
import dev.sluice.sops.Recipient;
import dev.sluice.sops.RecipientChange;
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
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Changes who can open the encrypted files of a repository, or tells who can. */
@Command(
        name = "rotate",
        mixinStandardHelpOptions = true,
        description = {
            "Changes who can open the encrypted files of a repository, all at once.",
            "A new key takes two commits: one that adds its recipient, and, when it is in use everywhere, one that removes the old recipient and encrypts everything anew."
        })
final class RotateCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "DIR",
            arity = "0..1",
            description = "The repository; by default the current directory.")
    private Path root = Path.of(".");

    @Option(
            names = "--add-recipient",
            paramLabel = "RECIPIENT",
            description = "Who can open the files from now on, too.")
    private List<String> add = new ArrayList<>();

    @Option(
            names = "--remove-recipient",
            paramLabel = "RECIPIENT",
            description = "Who cannot any more; the files get a new data key.")
    private List<String> remove = new ArrayList<>();

    @Option(
            names = "--new-data-key",
            description = "Encrypt everything anew, even when nobody is removed.")
    private boolean newDataKey;

    @Option(
            names = "--check",
            description =
                    "Change nothing: list who can open what, and what looks like it should be encrypted. Exit code 1 when there is such a file.")
    private boolean check;

    @Mixin private KeyOptions keys = new KeyOptions();

    @Mixin private KeyServiceOptions services = new KeyServiceOptions();

    @Override
    public Integer call() throws CommandFailure {
        try {
            List<RepositoryFile> files = SecretSearch.in(root);
            return check ? report(files) : rotate(RepositoryFile.encrypted(files));
        } catch (SopsException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()), 2);
        } catch (IOException e) {
            throw new CommandFailure("cannot read or write below " + root + ": " + e.getMessage());
        }
    }

    private int report(List<RepositoryFile> files) {
        for (RepositoryFile.Encrypted file : RepositoryFile.encrypted(files)) {
            System.out.println(
                    file.path()
                            + "  "
                            + String.join(", ", file.facts().recipients())
                            + "  (encrypted "
                            + file.facts().lastModified()
                            + ")");
        }
        List<RepositoryFile.Suspect> suspects = RepositoryFile.suspects(files);
        suspects.forEach(file -> System.out.println(file.path() + "  " + file.why()));
        return suspects.isEmpty() ? 0 : 1;
    }

    private int rotate(List<RepositoryFile.Encrypted> files)
            throws CommandFailure, SopsException, IOException {
        if (add.isEmpty() && remove.isEmpty() && !newDataKey) {
            throw new CommandFailure(
                    "nothing to do: --add-recipient, --remove-recipient, --new-data-key or --check is needed",
                    2);
        }
        List<Recipient> added = EncryptCommand.parsed(add);
        SopsWriter writer =
                new SopsWriter(new SecureRandom(), Clock.systemUTC(), services.services());
        try (KeyRing ring = keys.ring()) {
            Rotation.Plan plan =
                    new Rotation(
                                    writer,
                                    new RecipientChange(added, remove, newDataKey),
                                    ring,
                                    DecryptOptions.STRICT.withServices(services.services()))
                            .plan(root, files);
            if (!plan.failures().isEmpty()) {
                throw new CommandFailure(
                        "nothing was changed:\n" + String.join("\n", plan.failures()));
            }
            for (Map.Entry<Path, byte[]> file : plan.changed().entrySet()) {
                SecretFile.replace(root.resolve(file.getKey()), file.getValue());
            }
            System.out.println(
                    plan.changed().size() + " of " + files.size() + " encrypted files changed");
        }
        rules(files, added.stream().map(Object::toString).toList());
        return 0;
    }

    /** New files are encrypted by the rules, so they change as well. */
    private void rules(List<RepositoryFile.Encrypted> files, List<String> added)
            throws IOException {
        List<String> known =
                files.stream()
                        .flatMap(file -> file.facts().recipients().stream())
                        .distinct()
                        .toList();
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path :
                    paths.filter(path -> path.endsWith(".sops.yaml") && Files.isRegularFile(path))
                            .toList()) {
                String before = Files.readString(path);
                String after = CreationRules.change(before, known, added, remove);
                if (!after.equals(before)) {
                    SecretFile.replace(path, after.getBytes(StandardCharsets.UTF_8));
                    System.out.println(root.relativize(path) + " changed: look it through");
                }
            }
        }
    }
}
