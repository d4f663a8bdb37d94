package dev.sluice.artifacts;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.artifacts.BlobStore.Durability;
import dev.sluice.kustomize.tree.FileTree;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Artifacts and objects by their digests. Safe for use by many threads, and by many processes on
 * one directory.
 *
 * <p>What is stored is there, whole and durable, when the call returns. What is read is what the
 * digest names, or an {@link ArtifactMissingException}.
 */
public final class ArtifactStore {

    private static final int TREES_IN_MEMORY = 64;
    private static final int WRITERS = 4;

    private final BlobStore blobs;
    private final ObjectMapper json = new ObjectMapper();

    /**
     * Held shared while something is stored and alone while old things are removed, so that nothing
     * is removed that was just found to be there.
     */
    private final ReadWriteLock removal = new ReentrantReadWriteLock();

    /** Making archives takes a processor each, and memory for the file that is read. */
    private final Semaphore writers = new Semaphore(WRITERS);

    private final ReentrantLock treesLock = new ReentrantLock();
    private final Map<Digest, ArtifactTree> trees = new LinkedHashMap<>(16, 0.75f, true);

    public ArtifactStore(BlobStore blobs) {
        this.blobs = blobs;
    }

    /** The store in this directory, which is made if it is not there. */
    public static ArtifactStore in(Path directory, Clock clock) throws IOException {
        return new ArtifactStore(new DirectoryBlobStore(directory, clock));
    }

    /**
     * Stores the tree as an artifact; the same tree gives the same artifact, at little cost where
     * the store has its files already.
     */
    public ArtifactManifest save(ArtifactBuilder tree) throws IOException {
        Path scratch = blobs.scratchFile();
        writers.acquireUninterruptibly();
        removal.readLock().lock();
        try {
            ArtifactManifest manifest = ArchiveWriter.write(tree, scratch, this::keepFile);
            return adopt(scratch, manifest);
        } finally {
            removal.readLock().unlock();
            writers.release();
            Files.deleteIfExists(scratch);
        }
    }

    /**
     * Stores a file as an artifact, byte for byte. Where it is an archive within the limits its
     * files can be read one by one; else the artifact has none.
     */
    public ArtifactManifest saveFile(Path file, ArtifactLimits limits) throws IOException {
        Path scratch = blobs.scratchFile();
        removal.readLock().lock();
        try {
            Files.copy(file, scratch, StandardCopyOption.REPLACE_EXISTING);
            ArtifactManifest manifest = ForeignArchive.manifest(scratch, limits, this::keepFile);
            return adopt(scratch, manifest);
        } finally {
            removal.readLock().unlock();
            Files.deleteIfExists(scratch);
        }
    }

    /**
     * Stores bytes as an artifact that is one file of its own, for example a packed chart; its tree
     * is empty.
     */
    public ArtifactManifest saveBytes(byte[] file) throws IOException {
        Digest digest = Digest.of(file);
        ArtifactManifest manifest = new ArtifactManifest(digest, file.length, List.of(), List.of());
        removal.readLock().lock();
        try {
            if (!blobs.touch(BlobNames.archive(digest))) {
                blobs.put(BlobNames.archive(digest), file, Durability.DURABLE);
            }
            return complete(manifest);
        } finally {
            removal.readLock().unlock();
        }
    }

    private ArtifactManifest adopt(Path archive, ArtifactManifest manifest) throws IOException {
        if (!blobs.touch(BlobNames.archive(manifest.archive()))) {
            blobs.adopt(BlobNames.archive(manifest.archive()), archive);
        }
        return complete(manifest);
    }

    /** The manifest comes last: what has one is whole. */
    private ArtifactManifest complete(ArtifactManifest manifest) throws IOException {
        if (!blobs.touch(BlobNames.manifest(manifest.archive()))) {
            byte[] bytes = json.writeValueAsBytes(manifest);
            blobs.put(BlobNames.manifest(manifest.archive()), bytes, Durability.DURABLE);
        }
        return manifest;
    }

    /** An empty file for what is fetched before it is stored; to be deleted by who asked. */
    public Path scratchFile() throws IOException {
        return blobs.scratchFile();
    }

    /**
     * Whether the artifact is there; it is then left alone by collections for their minimum age.
     */
    public boolean has(Digest artifact) throws IOException {
        return blobs.touch(BlobNames.archive(artifact))
                && blobs.touch(BlobNames.manifest(artifact));
    }

    /** {@link #has} for what may be no digest; what can't be looked at is not there. */
    public boolean isThere(String digest) {
        try {
            return has(new Digest(digest));
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }

    /** The artifact's files for reading one by one. */
    public FileTree tree(Digest artifact) throws IOException {
        treesLock.lock();
        try {
            ArtifactTree known = trees.get(artifact);
            if (known != null) {
                return known;
            }
        } finally {
            treesLock.unlock();
        }
        ArtifactTree tree = new ArtifactTree(this, manifest(artifact));
        remember(artifact, tree);
        return tree;
    }

    /** What the artifact holds. */
    public ArtifactManifest manifest(Digest artifact) throws IOException {
        byte[] bytes = bytes(BlobNames.manifest(artifact), artifact);
        try {
            ArtifactManifest manifest = json.readValue(bytes, ArtifactManifest.class);
            if (manifest.archive().equals(artifact)) {
                return manifest;
            }
        } catch (JacksonException e) {
            throw new ArtifactMissingException(
                    "the manifest of artifact " + artifact + " is damaged", e);
        }
        throw new ArtifactMissingException(
                "the manifest of artifact " + artifact + " is another artifact's");
    }

    /**
     * The artifact's {@code tar.gz}. A stream whose bytes don't match the digest ends with an
     * {@link ArtifactMissingException} in place of its end.
     */
    public InputStream archive(Digest artifact) throws IOException {
        try {
            return new CheckedStream(blobs.open(BlobNames.archive(artifact)), artifact);
        } catch (NoSuchFileException e) {
            throw new ArtifactMissingException("artifact " + artifact + " is not in the store", e);
        }
    }

    /** Stores bytes as an object. */
    public Digest put(byte[] object) throws IOException {
        Digest digest = Digest.of(object);
        removal.readLock().lock();
        try {
            if (!blobs.touch(BlobNames.object(digest))) {
                blobs.put(BlobNames.object(digest), object, Durability.DURABLE);
            }
            return digest;
        } finally {
            removal.readLock().unlock();
        }
    }

    /** The bytes of an object. */
    public byte[] get(Digest object) throws IOException {
        byte[] bytes = bytes(BlobNames.object(object), object);
        if (!Digest.of(bytes).equals(object)) {
            throw new ArtifactMissingException("object " + object + " is damaged in the store");
        }
        return bytes;
    }

    /**
     * Removes what nobody needs: artifacts and objects that are neither kept nor younger than the
     * age, and the files that only they had.
     *
     * @param keep asked for the digest of each artifact and each object
     * @param age what was stored or looked up within it stays, so that nothing is removed between
     *     being stored and being named by an event
     */
    public Collected collect(Predicate<Digest> keep, Duration age, Clock clock) throws IOException {
        removal.writeLock().lock();
        try {
            Collected collected =
                    new Collector(blobs, this, keep, clock.instant().minus(age)).run();
            forgetTrees(keep);
            return collected;
        } finally {
            removal.writeLock().unlock();
        }
    }

    /**
     * What a collection removed.
     *
     * @param artifacts how many artifacts
     * @param objects how many objects
     * @param files how many files of artifacts
     */
    public record Collected(int artifacts, int objects, int files) {}

    byte[] read(ArtifactManifest manifest, ArtifactManifest.File file) throws IOException {
        byte[] content = intact(file);
        if (content != null) {
            return content;
        }
        restore(manifest);
        content = intact(file);
        if (content == null) {
            throw new ArtifactMissingException(
                    "%s of artifact %s is not what the manifest says"
                            .formatted(file.path(), manifest.archive()));
        }
        return content;
    }

    private byte @Nullable [] intact(ArtifactManifest.File file) throws IOException {
        try (InputStream in = blobs.open(BlobNames.file(file.digest()))) {
            byte[] content = in.readAllBytes();
            return Digest.of(content).equals(file.digest()) ? content : null;
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /** Unpacks the archive's files again. */
    private void restore(ArtifactManifest manifest) throws IOException {
        removal.readLock().lock();
        try (InputStream archive = archive(manifest.archive());
                InputStream buffered = new BufferedInputStream(archive)) {
            TarReader.read(
                    buffered,
                    ArtifactLimits.NONE,
                    (entry, content) -> {
                        if (!entry.isDirectory()) {
                            byte[] bytes = content.readAllBytes();
                            Digest digest = Digest.of(bytes);
                            blobs.put(BlobNames.file(digest), bytes, Durability.CACHE);
                        }
                    });
        } catch (ArtifactRefusedException e) {
            throw new ArtifactMissingException(
                    "artifact " + manifest.archive() + " can't be read", e);
        } finally {
            removal.readLock().unlock();
        }
    }

    private void keepFile(Digest digest, byte[] content) throws IOException {
        if (!blobs.touch(BlobNames.file(digest))) {
            blobs.put(BlobNames.file(digest), content, Durability.CACHE);
        }
    }

    private void remember(Digest artifact, ArtifactTree tree) {
        treesLock.lock();
        try {
            trees.put(artifact, tree);
            if (trees.size() > TREES_IN_MEMORY) {
                trees.remove(trees.keySet().iterator().next());
            }
        } finally {
            treesLock.unlock();
        }
    }

    private void forgetTrees(Predicate<Digest> keep) {
        treesLock.lock();
        try {
            new HashMap<>(trees).keySet().stream().filter(keep.negate()).forEach(trees::remove);
        } finally {
            treesLock.unlock();
        }
    }

    private byte[] bytes(String name, Digest digest) throws IOException {
        try (InputStream in = blobs.open(name)) {
            return in.readAllBytes();
        } catch (NoSuchFileException e) {
            throw new ArtifactMissingException(digest + " is not in the store", e);
        }
    }
}
