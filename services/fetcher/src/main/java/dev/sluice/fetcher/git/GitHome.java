package dev.sluice.fetcher.git;

import dev.sluice.artifacts.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/**
 * The bare repositories that are kept between fetches, so that a new commit costs what is new in
 * it: one for each URL, and a second one where whole histories are needed. Everything in here can
 * be deleted; it comes back with the next fetch.
 */
final class GitHome {

    private final Path directory;
    private final Map<Path, ReentrantLock> locks = new ConcurrentHashMap<>();

    GitHome(Path directory) throws IOException {
        this.directory = Files.createDirectories(directory);
    }

    /** Stands for a home directory in which nothing is. */
    Path emptyDirectory() throws IOException {
        return Files.createDirectories(directory.resolve("empty"));
    }

    Path path(GitRemote remote, boolean wholeHistory) {
        String name =
                Digest.of(remote.url().toString().getBytes(StandardCharsets.UTF_8))
                        .hex()
                        .substring(0, 32);
        return directory.resolve(name + (wholeHistory ? "-history" : "") + ".git");
    }

    /** Held while a repository is written to. */
    ReentrantLock lock(Path repository) {
        return locks.computeIfAbsent(repository, path -> new ReentrantLock());
    }

    /**
     * Opens the repository; it is made if it isn't there, with the URL in its configuration for
     * those who look into the directory.
     */
    Repository open(Path path, GitRemote remote) throws IOException {
        Repository repository =
                new FileRepositoryBuilder().setGitDir(path.toFile()).setBare().build();
        if (!Files.isDirectory(path.resolve("objects"))) {
            repository.create(true);
            StoredConfig config = repository.getConfig();
            config.setString(
                    ConfigConstants.CONFIG_REMOTE_SECTION,
                    "origin",
                    ConfigConstants.CONFIG_KEY_URL,
                    remote.url().toString());
            // The first protocol tells all references in the answer to the first request.
            config.setInt("protocol", null, "version", 0);
            config.setBoolean(ConfigConstants.CONFIG_CORE_SECTION, null, "logAllRefUpdates", false);
            config.save();
        }
        return repository;
    }
}
