package dev.sluice.kustomize.tree;

import java.io.IOException;
import java.util.List;

/**
 * A tree of files that can be read and never changes while it is read.
 *
 * <p>Paths are relative to the tree's root, separated by {@code /}, without {@code .} and {@code
 * ..} segments; {@code ""} is the root itself. A path that leaves the root, by its text or by a
 * symbolic link, is {@link PathKind#REFUSED}.
 */
public interface FileTree {

    /** What is found at a path; never throws, whatever the path looks like. */
    PathKind kind(String path);

    /**
     * The path with every symbolic link in it followed.
     *
     * @throws java.nio.file.NoSuchFileException where nothing is there
     * @throws java.nio.file.AccessDeniedException where the path is refused
     */
    String resolve(String path) throws IOException;

    /**
     * The whole content of a file.
     *
     * @throws java.nio.file.NoSuchFileException where nothing is there
     * @throws java.nio.file.AccessDeniedException where the path is refused
     */
    byte[] read(String path) throws IOException;

    /**
     * The names in a directory, sorted by their UTF-16 units, without those that would be refused.
     */
    List<String> list(String directory) throws IOException;

    /**
     * The sha256 of a file's content in lower-case hex. Trees that know digests answer without
     * reading the file.
     */
    default String digest(String path) throws IOException {
        return Digests.sha256(read(path));
    }

    /** The size of a file in bytes. */
    default long size(String path) throws IOException {
        return read(path).length;
    }

    /**
     * Where the root is, as shown in messages and put before a tree path: {@code ""} for a tree
     * without a place of its own, else an absolute path without a trailing slash.
     */
    default String location() {
        return "";
    }

    /**
     * The same tree for the time of one build by one thread: it may remember what it found. Trees
     * that answer at once are this themselves.
     */
    default FileTree forOneBuild() {
        return this;
    }
}
