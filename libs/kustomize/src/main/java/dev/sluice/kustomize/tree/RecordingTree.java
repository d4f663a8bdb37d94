package dev.sluice.kustomize.tree;

import java.io.IOException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A tree that notes what is read of it. One build has one; it is not safe for use by several
 * threads.
 */
public final class RecordingTree implements FileTree {

    private final FileTree tree;
    private final SortedMap<String, String> files = new TreeMap<>();
    private final SortedMap<String, String> listings = new TreeMap<>();
    private final SortedMap<String, PathKind> kinds = new TreeMap<>();
    private final SortedMap<String, String> links = new TreeMap<>();

    public RecordingTree(FileTree tree) {
        this.tree = tree;
    }

    /** What has been read so far. */
    public ReadSet readSet() {
        SortedMap<String, PathKind> onlyLookedFor = new TreeMap<>(kinds);
        onlyLookedFor.keySet().removeAll(files.keySet());
        onlyLookedFor.keySet().removeAll(listings.keySet());
        return new ReadSet(
                new TreeMap<>(files), new TreeMap<>(listings), onlyLookedFor, new TreeMap<>(links));
    }

    @Override
    public PathKind kind(String path) {
        PathKind kind = tree.kind(path);
        kinds.put(path, kind);
        return kind;
    }

    @Override
    public String resolve(String path) throws IOException {
        try {
            String resolved = tree.resolve(path);
            if (!resolved.equals(path)) {
                links.put(path, resolved);
            }
            return resolved;
        } catch (IOException e) {
            kind(path);
            throw e;
        }
    }

    @Override
    public byte[] read(String path) throws IOException {
        try {
            byte[] content = tree.read(path);
            if (!files.containsKey(path)) {
                files.put(path, Digests.sha256(content));
            }
            return content;
        } catch (IOException e) {
            kind(path);
            throw e;
        }
    }

    @Override
    public List<String> list(String directory) throws IOException {
        try {
            List<String> names = tree.list(directory);
            listings.put(directory, Digests.ofNames(names));
            return names;
        } catch (IOException e) {
            kind(directory);
            throw e;
        }
    }

    @Override
    public String digest(String path) throws IOException {
        String digest = tree.digest(path);
        files.put(path, digest);
        return digest;
    }

    @Override
    public long size(String path) throws IOException {
        return tree.size(path);
    }

    @Override
    public String location() {
        return tree.location();
    }
}
