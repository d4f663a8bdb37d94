package dev.sluice.testkit.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.errors.RepositoryNotFoundException;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/** The bare repositories below a directory, by the paths that clients ask for. */
final class BareRepositories {

    private final Path directory;

    BareRepositories(Path directory) {
        this.directory = directory.toAbsolutePath().normalize();
    }

    /**
     * @param path with or without a leading slash
     * @throws RepositoryNotFoundException if no repository is there
     */
    Repository open(String path) throws IOException {
        String relative = path.startsWith("/") ? path.substring(1) : path;
        Path repository = directory.resolve(relative).normalize();
        if (!repository.startsWith(directory)
                || !Files.isDirectory(repository.resolve("objects"))) {
            throw new RepositoryNotFoundException(path);
        }
        return new FileRepositoryBuilder().setGitDir(repository.toFile()).setBare().build();
    }
}
