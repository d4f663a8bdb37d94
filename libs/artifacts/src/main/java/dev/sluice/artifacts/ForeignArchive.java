package dev.sluice.artifacts;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/** Looks into a file that someone else made. */
final class ForeignArchive {

    private ForeignArchive() {}

    /**
     * The manifest of a file that is stored as it is.
     *
     * @param sink takes the files in it
     */
    static ArtifactManifest manifest(Path file, ArtifactLimits limits, ArchiveWriter.FileSink sink)
            throws IOException {
        TreeMap<String, ArtifactManifest.File> files = new TreeMap<>();
        TreeSet<String> directories = new TreeSet<>();
        try (InputStream in = Files.newInputStream(file)) {
            TarReader.read(
                    in,
                    limits,
                    (entry, content) -> {
                        if (entry.isDirectory()) {
                            directories.add(entry.path());
                        } else {
                            byte[] bytes = content.readAllBytes();
                            Digest digest = Digest.of(bytes);
                            sink.take(digest, bytes);
                            files.put(
                                    entry.path(),
                                    new ArtifactManifest.File(
                                            entry.path(),
                                            digest,
                                            bytes.length,
                                            entry.executable()));
                        }
                    });
        } catch (IOException | ArtifactRefusedException e) {
            // It is no archive, or none that is opened here: only its bytes count.
            files.clear();
            directories.clear();
        }
        return new ArtifactManifest(
                digest(file),
                Files.size(file),
                List.copyOf(directories),
                new ArrayList<>(files.values()));
    }

    private static Digest digest(Path file) throws IOException {
        MessageDigest digest = Digest.sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return Digest.of(digest);
    }
}
