package dev.sluice.artifacts;

import dev.sluice.artifacts.ArtifactStore.Collected;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * One pass over the store that removes what nobody needs. The caller sees to it that nothing is
 * stored meanwhile.
 */
final class Collector {

    private final BlobStore blobs;
    private final ArtifactStore store;
    private final Predicate<Digest> keep;
    private final Instant usedBefore;

    Collector(BlobStore blobs, ArtifactStore store, Predicate<Digest> keep, Instant usedBefore) {
        this.blobs = blobs;
        this.store = store;
        this.keep = keep;
        this.usedBefore = usedBefore;
    }

    Collected run() throws IOException {
        int artifacts = removeUnless(BlobNames.MANIFESTS, keep);
        removeUnless(BlobNames.ARCHIVES, this::hasManifest);
        int objects = removeUnless(BlobNames.OBJECTS, keep);
        int files = removeUnless(BlobNames.FILES, filesOfArtifacts()::contains);
        return new Collected(artifacts, objects, files);
    }

    private int removeUnless(String kind, Predicate<Digest> needed) throws IOException {
        int removed = 0;
        for (BlobStore.Blob blob : blobs.list(kind)) {
            Optional<Digest> digest = BlobNames.digest(blob.name());
            if (blob.used().isBefore(usedBefore)
                    && digest.isPresent()
                    && !needed.test(digest.get())) {
                blobs.delete(blob.name());
                removed++;
            }
        }
        return removed;
    }

    private boolean hasManifest(Digest artifact) {
        try {
            blobs.open(BlobNames.manifest(artifact)).close();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private Set<Digest> filesOfArtifacts() throws IOException {
        Set<Digest> files = new HashSet<>();
        for (BlobStore.Blob blob : blobs.list(BlobNames.MANIFESTS)) {
            Optional<Digest> artifact = BlobNames.digest(blob.name());
            if (artifact.isPresent()) {
                addFiles(artifact.get(), files);
            }
        }
        return files;
    }

    private void addFiles(Digest artifact, Set<Digest> files) throws IOException {
        try {
            store.manifest(artifact).files().forEach(file -> files.add(file.digest()));
        } catch (ArtifactMissingException e) {
            // A damaged manifest keeps no file. Its artifact heals when it is made again.
            return;
        }
    }
}
