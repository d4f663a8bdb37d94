package dev.sluice.cli;

import dev.sluice.sops.KeyRing;
import dev.sluice.sops.SopsException;
import dev.sluice.sops.kms.WorkloadIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/**
 * The keys that a command may use: files, and no key that lies around on the machine. Key services
 * are asked as the variables of the environment say, as their own tools are.
 */
final class KeyOptions {

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description =
                    "A key file: age identities, a PGP or SSH secret key, credentials of a key service, or a manifest of a key Secret. It is told by what it holds.")
    private List<Path> files = new ArrayList<>();

    boolean isEmpty() {
        return files.isEmpty();
    }

    /** The keys of all files. */
    KeyRing ring() throws CommandFailure {
        Map<String, byte[]> contents = new LinkedHashMap<>();
        for (Path file : files) {
            try {
                contents.put(file.toString(), Files.readAllBytes(file));
            } catch (IOException e) {
                throw new CommandFailure("cannot read the key file " + file);
            }
        }
        try {
            return KeyRing.ofFiles(contents).as(WorkloadIdentity.ofProcess());
        } catch (SopsException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()));
        }
    }
}
