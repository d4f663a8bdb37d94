package dev.sluice.artifacts;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Writes a collected tree as a {@code tar.gz} into a file and hands each file's bytes on while it
 * has them.
 */
final class ArchiveWriter {

    private static final int BUFFER = 64 * 1024;

    /** Takes the bytes of each file, with their digest. */
    interface FileSink {
        void take(Digest digest, byte[] content) throws IOException;
    }

    private ArchiveWriter() {}

    static ArtifactManifest write(ArtifactBuilder tree, Path archive, FileSink sink)
            throws IOException {
        MessageDigest digest = Digest.sha256();
        List<String> directories = new ArrayList<>();
        List<ArtifactManifest.File> files = new ArrayList<>();
        try (OutputStream file = Files.newOutputStream(archive);
                OutputStream buffered = new BufferedOutputStream(file, BUFFER);
                OutputStream digested = new DigestOutputStream(buffered, digest);
                OutputStream gzip = new FastGzip(digested)) {
            TarWriter tar = new TarWriter(gzip);
            tar.directory(".");
            for (ArtifactBuilder.Member member : tree.members()) {
                switch (member) {
                    case ArtifactBuilder.Directory directory -> {
                        tar.directory(directory.path());
                        directories.add(directory.path());
                    }
                    case ArtifactBuilder.File source -> files.add(write(source, tar, sink));
                }
            }
            tar.end();
        }
        return new ArtifactManifest(Digest.of(digest), Files.size(archive), directories, files);
    }

    private static ArtifactManifest.File write(
            ArtifactBuilder.File source, TarWriter tar, FileSink sink) throws IOException {
        byte[] content = source.content().read();
        if (content.length != source.size()) {
            throw new IOException(
                    "%s has %d bytes, but %d were announced"
                            .formatted(source.path(), content.length, source.size()));
        }
        Digest digest = Digest.of(content);
        tar.file(source.path(), source.executable(), content);
        sink.take(digest, content);
        return new ArtifactManifest.File(
                source.path(), digest, content.length, source.executable());
    }

    /**
     * Archives are read on the same network or machine: time to the cluster matters more than the
     * last tenth of their size.
     */
    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(OutputStream out) throws IOException {
            super(out, BUFFER);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
