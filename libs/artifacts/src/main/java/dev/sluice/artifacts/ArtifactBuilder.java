package dev.sluice.artifacts;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/**
 * Collects the files of a tree, in any order, and hands them to {@link ArtifactStore#save}. Nothing
 * is read before that; a tree beyond the limits is refused while it is collected. Not safe for use
 * by several threads.
 */
public final class ArtifactBuilder {

    /** Gives the bytes of a file when the archive is written; asked once. */
    public interface Content {
        byte[] read() throws IOException;
    }

    /** A member of the archive: a directory has no content. */
    sealed interface Member {
        String path();
    }

    record Directory(String path) implements Member {}

    record File(String path, boolean executable, long size, Content content) implements Member {}

    private final ArtifactLimits limits;
    private final TreeMap<byte[], Member> members = new TreeMap<>(Arrays::compareUnsigned);
    private long bytes;

    public ArtifactBuilder(ArtifactLimits limits) {
        this.limits = limits;
    }

    /** Adds a directory, without those above it; one that is there already stays. */
    public ArtifactBuilder directory(String path) throws ArtifactRefusedException {
        checkPath(path);
        checkPlace(path, false);
        if (members.putIfAbsent(key(path), new Directory(path)) instanceof File) {
            throw new ArtifactRefusedException(shown(path) + " is both a file and a directory");
        }
        checkCount();
        return this;
    }

    /**
     * Adds a file, without the directories above it: they are members of the archive only where
     * they are added.
     *
     * @param path relative to the root, with {@code /} between its parts
     * @param size in bytes; the content must have it
     */
    public ArtifactBuilder file(String path, boolean executable, long size, Content content)
            throws ArtifactRefusedException {
        checkPath(path);
        if (size > limits.fileBytes()) {
            throw new ArtifactRefusedException(
                    "%s has %d bytes, more than the %d allowed in one file"
                            .formatted(shown(path), size, limits.fileBytes()));
        }
        bytes += size;
        if (bytes > limits.bytes()) {
            throw new ArtifactRefusedException(
                    "the tree has at least %d bytes, up to %s, and %s"
                            .formatted(bytes, shown(path), limits.allowed()));
        }
        checkPlace(path, true);
        if (members.put(key(path), new File(path, executable, size, content)) != null) {
            throw new ArtifactRefusedException(shown(path) + " is there twice");
        }
        checkCount();
        return this;
    }

    /** Adds a file that is in memory already. */
    public ArtifactBuilder file(String path, boolean executable, byte[] content)
            throws ArtifactRefusedException {
        return file(path, executable, content.length, () -> content);
    }

    /** The paths of all files, in order. */
    public List<String> files() {
        return members.values().stream().filter(File.class::isInstance).map(Member::path).toList();
    }

    /** Whether the tree has this file or directory. */
    public boolean contains(String path) {
        return members.containsKey(key(path));
    }

    /** In the order of a walk that sorts the names in each directory byte by byte. */
    Collection<Member> members() {
        return members.values();
    }

    /** A file has nothing below it, and nothing lies below a file. */
    private void checkPlace(String path, boolean file) throws ArtifactRefusedException {
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            if (members.get(key(path.substring(0, slash))) instanceof File above) {
                throw new ArtifactRefusedException(
                        shown(above.path()) + " is both a file and a directory");
            }
        }
        byte[] next = members.higherKey(key(path));
        if (file && next != null && isBelow(next, key(path))) {
            throw new ArtifactRefusedException(shown(path) + " is both a file and a directory");
        }
    }

    private static boolean isBelow(byte[] key, byte[] above) {
        return key.length > above.length
                && key[above.length] == 0
                && Arrays.mismatch(key, above) == above.length;
    }

    private void checkCount() throws ArtifactRefusedException {
        if (members.size() > limits.files()) {
            throw new ArtifactRefusedException(
                    "the tree has more than the %d files and directories allowed"
                            .formatted(limits.files()));
        }
    }

    private void checkPath(String path) throws ArtifactRefusedException {
        if (path.length() > limits.pathBytes()
                || path.getBytes(StandardCharsets.UTF_8).length > limits.pathBytes()) {
            throw new ArtifactRefusedException(
                    "a path is longer than the %d bytes allowed: %s"
                            .formatted(limits.pathBytes(), shown(path)));
        }
        String[] parts = path.split("/", -1);
        if (parts.length > limits.depth()) {
            throw new ArtifactRefusedException(
                    "%s lies deeper than the %d directories allowed"
                            .formatted(shown(path), limits.depth()));
        }
        for (String part : parts) {
            if (part.isEmpty()
                    || part.equals(".")
                    || part.equals("..")
                    || part.indexOf('\0') >= 0) {
                throw new ArtifactRefusedException("not a path below the root: " + shown(path));
            }
        }
    }

    /** A slash sorts before every other byte, so that a directory's content follows it at once. */
    private static byte[] key(String path) {
        byte[] key = path.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < key.length; i++) {
            key[i] = key[i] == '/' ? 0 : key[i];
        }
        return key;
    }

    private static String shown(String path) {
        String text = path.length() > 120 ? path.substring(0, 120) + "..." : path;
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
