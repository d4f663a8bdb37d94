package dev.sluice.cli.secrets;

import dev.sluice.sops.EncryptedFile;
import dev.sluice.sops.Format;
import java.nio.file.Path;
import java.util.List;

/** What a look at one file of a repository tells. */
public sealed interface RepositoryFile {
    /** Where it lies, below the repository's root. */
    Path path();

    /**
     * An encrypted file.
     *
     * @param facts who can open it
     */
    record Encrypted(Path path, Format format, EncryptedFile facts) implements RepositoryFile {}

    /**
     * A file in clear that looks like it should be encrypted, or an encrypted one that nobody can
     * make sense of.
     *
     * @param why in words for its user
     */
    record Suspect(Path path, String why) implements RepositoryFile {}

    /** The encrypted ones. */
    static List<Encrypted> encrypted(List<RepositoryFile> files) {
        return files.stream()
                .filter(Encrypted.class::isInstance)
                .map(Encrypted.class::cast)
                .toList();
    }

    /** The suspects. */
    static List<Suspect> suspects(List<RepositoryFile> files) {
        return files.stream().filter(Suspect.class::isInstance).map(Suspect.class::cast).toList();
    }
}
