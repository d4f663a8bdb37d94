package dev.sluice.cli.secrets;

import dev.sluice.sops.DecryptOptions;
import dev.sluice.sops.KeyRing;
import dev.sluice.sops.RecipientChange;
import dev.sluice.sops.SopsException;
import dev.sluice.sops.SopsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Changes who can open the encrypted files of a repository: all of them or, when one fails, none.
 */
public final class Rotation {
    private final SopsWriter writer;
    private final RecipientChange change;
    private final KeyRing keys;
    private final DecryptOptions options;

    public Rotation(
            SopsWriter writer, RecipientChange change, KeyRing keys, DecryptOptions options) {
        this.options = options;
        this.writer = writer;
        this.change = change;
        this.keys = keys;
    }

    /**
     * The files as they would be.
     *
     * @param changed the new content of what changes
     * @param failures why a file cannot be changed
     */
    public record Plan(Map<Path, byte[]> changed, List<String> failures) {
        public Plan {
            changed = Map.copyOf(changed);
            failures = List.copyOf(failures);
        }
    }

    /** Computes every file's new content; writes nothing. */
    public Plan plan(Path root, List<RepositoryFile.Encrypted> files) throws IOException {
        Map<Path, byte[]> changed = new LinkedHashMap<>();
        List<String> failures = new ArrayList<>();
        for (RepositoryFile.Encrypted file : files) {
            byte[] before = Files.readAllBytes(root.resolve(file.path()));
            try {
                byte[] after = writer.change(before, file.format(), change, keys, options);
                if (!Arrays.equals(before, after)) {
                    changed.put(file.path(), after);
                }
            } catch (SopsException e) {
                failures.add(file.path() + ": " + e.getMessage());
            }
        }
        return new Plan(changed, failures);
    }
}
