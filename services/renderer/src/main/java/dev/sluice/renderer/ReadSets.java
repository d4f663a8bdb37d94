package dev.sluice.renderer;

import dev.sluice.artifacts.ArtifactStore;
import dev.sluice.artifacts.Digest;
import dev.sluice.kustomize.tree.ReadSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** Read sets in the artifact store, the latest of them in memory. */
final class ReadSets {

    /** More than a large fleet has deliveries: at a push each of them is looked at. */
    private static final int MOST_IN_MEMORY = 20_000;

    private final ArtifactStore store;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, ReadSet> known = new LinkedHashMap<>(64, 0.75f, true);

    ReadSets(ArtifactStore store) {
        this.store = store;
    }

    /** Stores a read set; the digest is what events carry. */
    String put(ReadSet readSet) throws IOException {
        String digest = store.put(readSet.toJson().getBytes(StandardCharsets.UTF_8)).value();
        remember(digest, readSet);
        return digest;
    }

    /**
     * @throws IOException where the store has no such object, or one that is no read set
     */
    ReadSet get(String digest) throws IOException {
        lock.lock();
        try {
            ReadSet readSet = known.get(digest);
            if (readSet != null) {
                return readSet;
            }
        } finally {
            lock.unlock();
        }
        ReadSet readSet = read(digest);
        remember(digest, readSet);
        return readSet;
    }

    private ReadSet read(String digest) throws IOException {
        try {
            return ReadSet.fromJson(
                    new String(store.get(new Digest(digest)), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new IOException("object " + digest + " is no read set", e);
        }
    }

    private void remember(String digest, ReadSet readSet) {
        lock.lock();
        try {
            known.put(digest, readSet);
            if (known.size() > MOST_IN_MEMORY) {
                known.remove(known.keySet().iterator().next());
            }
        } finally {
            lock.unlock();
        }
    }
}
