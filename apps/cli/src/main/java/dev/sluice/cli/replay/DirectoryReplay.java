package dev.sluice.cli.replay;

import dev.sluice.cli.audit.Deployment;
import dev.sluice.cli.audit.Manifests;
import dev.sluice.events.DeliveryId;
import dev.sluice.manifests.ObjectText;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Manifests as they were, into a directory: one file for each delivery. */
public final class DirectoryReplay {

    private final Path directory;
    private final Manifests manifests;

    /**
     * @param directory made where it is not there
     * @throws ReplayException where it holds something already
     */
    public DirectoryReplay(Path directory, Manifests manifests)
            throws ReplayException, IOException {
        Files.createDirectories(directory);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            if (files.iterator().hasNext()) {
                throw new ReplayException(
                        directory
                                + " is not empty: what is replayed must not mix with what is there");
            }
        }
        this.directory = directory.toAbsolutePath().normalize();
        this.manifests = manifests;
    }

    /**
     * Writes {@code <cluster>/<namespace>/<Kind>-<name>.yaml} for each.
     *
     * @return what could not be written, with the reason
     */
    public List<String> write(List<Deployment> deployments) throws IOException {
        List<String> failures = new ArrayList<>();
        for (Deployment deployment : deployments) {
            String text;
            try {
                text = ObjectText.of(manifests.of(deployment));
            } catch (IOException e) {
                failures.add(deployment.delivery() + ": " + e.getMessage());
                continue;
            }
            Path file = file(deployment.delivery());
            Files.createDirectories(file.getParent());
            Files.writeString(
                    file,
                    "# %s at %s, applied %s, event %s\n%s"
                            .formatted(
                                    deployment.delivery(),
                                    deployment.applied().source().revision(),
                                    deployment.since(),
                                    deployment.event(),
                                    text));
        }
        return failures;
    }

    private Path file(DeliveryId id) throws IOException {
        Path file =
                directory
                        .resolve(id.cluster())
                        .resolve(id.namespace())
                        .resolve(id.kind() + "-" + id.name() + ".yaml")
                        .normalize();
        if (!file.startsWith(directory)) {
            throw new IOException("the name of " + id + " leads out of the directory");
        }
        return file;
    }
}
