package dev.sluice.standalone.demo;

import dev.sluice.testkit.git.GitHttpServer;
import dev.sluice.testkit.git.SampleRepository;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The sample fleet as a repository on the demo's own Git server. */
final class SampleFleet implements AutoCloseable {

    /** Which of its clusters the show is about. */
    static final String CLUSTER = "cloud-dev";

    private static final String NAME = "smart-factory";
    private static final String CHARTS = "charts";
    private static final Pattern URL = Pattern.compile("(?m)^(\\s*url:\\s*).*$");

    private static final String CHANGED = "apps/cert-manager/release.yaml";
    private static final Pattern REPLICAS = Pattern.compile("(?m)^(\\s*replicas:\\s*)\\d+");

    private final Path folder;
    private final SampleRepository repository;
    private final String url;
    private final ChartShelf charts;

    private SampleFleet(Path folder, SampleRepository repository, String url, ChartShelf charts) {
        this.folder = folder;
        this.repository = repository;
        this.url = url;
        this.charts = charts;
    }

    static SampleFleet publish(Path gitDirectory, GitHttpServer git, Consumer<String> progress)
            throws ShowException {
        Path folder = Path.of(System.getProperty("sluice.root", "."), "examples", NAME);
        if (!Files.isDirectory(folder)) {
            throw new ShowException("the sample fleet is not at " + folder, null);
        }
        try {
            SampleFleet fleet =
                    new SampleFleet(
                            folder,
                            SampleRepository.in(gitDirectory, NAME),
                            git.url(NAME),
                            ChartShelf.of(folder.resolve(CHARTS)));
            progress.accept("publishing examples/" + NAME + " at " + fleet.url);
            progress.accept("serving its charts at " + fleet.charts.url());
            fleet.repository.commit("The fleet as it stands", fleet.files());
            return fleet;
        } catch (IOException e) {
            throw new ShowException("the sample fleet cannot be published: " + e.getMessage(), e);
        }
    }

    /** A file as it is in the repository, where clusters find this server. */
    String read(String path) throws IOException {
        return atThisServer(path, Files.readString(folder.resolve(path)));
    }

    /** Pushes a change of one file; the commit. */
    String push(String message, String path, String content) throws IOException {
        return repository.commit(message, Map.of(path, content));
    }

    /** The key that opens the secrets of the sample; it protects nothing and says so beside it. */
    String demoKey() throws IOException {
        return Files.readString(folder.resolve(".demo/age.agekey"));
    }

    /** A change that a team might push: more copies of one app. */
    Change sampleChange() throws IOException {
        String before = read(CHANGED);
        String after = REPLICAS.matcher(before).replaceFirst("$13");
        if (after.equals(before)) {
            throw new IOException(CHANGED + " has no replicas to change");
        }
        return new Change(CHANGED, "3 replicas for the certificate controller", after);
    }

    /**
     * A change of one file.
     *
     * @param what its commit message
     */
    record Change(String path, String what, String content) {}

    String url() {
        return url;
    }

    @Override
    public void close() {
        charts.close();
        repository.close();
    }

    private Map<String, @Nullable String> files() throws IOException {
        Map<String, @Nullable String> files = new HashMap<>();
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    // The demo's private key stays out of the repository, as one should.
                    @Override
                    public FileVisitResult preVisitDirectory(
                            Path directory, BasicFileAttributes attributes) {
                        return directory.endsWith(".demo")
                                ? FileVisitResult.SKIP_SUBTREE
                                : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        String path = folder.relativize(file).toString();
                        files.put(path, atThisServer(path, Files.readString(file)));
                        return FileVisitResult.CONTINUE;
                    }
                });
        return files;
    }

    private String atThisServer(String path, String content) {
        if (path.endsWith("/sync.yaml")) {
            return URL.matcher(content).replaceAll("$1" + url);
        }
        return path.endsWith("/charts.yaml")
                ? URL.matcher(content).replaceAll("$1" + charts.url())
                : content;
    }
}
