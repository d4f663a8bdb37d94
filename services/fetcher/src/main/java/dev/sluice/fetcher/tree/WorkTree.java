package dev.sluice.fetcher.tree;

import dev.sluice.artifacts.ArtifactBuilder;
import dev.sluice.artifacts.ArtifactLimits;
import dev.sluice.artifacts.ArtifactManifest;
import dev.sluice.artifacts.ArtifactRefusedException;
import dev.sluice.fetcher.ignore.IgnoreRules;
import dev.sluice.kustomize.tree.FileTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The files that a checkout would have, without the checkout: each with a way to its content, which
 * is read when the artifact is written. Included artifacts are copied in; then ignore rules choose
 * what becomes the artifact. Not safe for use by several threads.
 */
public final class WorkTree {

    private static final long MAX_RULES_BYTES = 1 << 20;

    /** A file that is not read yet. */
    record File(boolean executable, long size, ArtifactBuilder.Content content) {}

    /** Paths in order; a directory has no file. */
    private final TreeMap<String, @Nullable File> entries = new TreeMap<>();

    public WorkTree() {}

    public void addFile(
            String path, boolean executable, long size, ArtifactBuilder.Content content) {
        entries.put(path, new File(executable, size, content));
    }

    /** Adds a file with the directories above it; a later one of that name takes its place. */
    public void addFileAt(
            String path, boolean executable, long size, ArtifactBuilder.Content content)
            throws ArtifactRefusedException {
        int slash = path.lastIndexOf('/');
        if (slash > 0) {
            addDirectoryAt(path.substring(0, slash));
        }
        if (entries.containsKey(path) && entries.get(path) == null) {
            throw new ArtifactRefusedException(path + " is both a file and a directory");
        }
        addFile(path, executable, size, content);
    }

    /** The content of a file; null where there is no file of that name. */
    public byte @Nullable [] content(String path) throws IOException {
        File file = entries.get(path);
        return file == null ? null : file.content().read();
    }

    /** Puts another tree in the place of a directory. */
    public void graft(String at, WorkTree other) {
        addDirectory(at);
        other.entries.forEach((path, file) -> entries.put(at + "/" + path, file));
    }

    /** Adds a directory with those above it. */
    public void addDirectoryAt(String path) throws ArtifactRefusedException {
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            addDirectoryHere(path.substring(0, slash));
        }
        addDirectoryHere(path);
    }

    private void addDirectoryHere(String path) throws ArtifactRefusedException {
        if (entries.get(path) != null) {
            throw new ArtifactRefusedException(path + " is both a file and a directory");
        }
        addDirectory(path);
    }

    public void addDirectory(String path) {
        entries.putIfAbsent(path, null);
    }

    public int size() {
        return entries.size();
    }

    /**
     * Copies an artifact's files in.
     *
     * @param from what to copy: a directory or file of the artifact; empty for all. It can't climb
     *     above the root
     * @param to where to; nothing may be there yet
     * @throws IncludeException if there is nothing to copy, or something is in the way
     */
    public void include(ArtifactManifest artifact, FileTree tree, String from, String to)
            throws IncludeException {
        String source = clamped(from);
        String target = clamped(to);
        if (target.isEmpty() || exists(target)) {
            throw new IncludeException("'%s' exists already".formatted(to));
        }
        boolean found = source.isEmpty();
        for (ArtifactManifest.File file : artifact.files()) {
            if (isInOrBelow(file.path(), source)) {
                found = true;
                String path = moved(file.path(), source, target);
                addParents(path);
                addFile(path, file.executable(), file.size(), () -> tree.read(file.path()));
            }
        }
        for (String directory : artifact.directories()) {
            if (isInOrBelow(directory, source)) {
                found = true;
                String path = moved(directory, source, target);
                addParents(path);
                addDirectory(path);
            }
        }
        if (!found) {
            throw new IncludeException("it has no '%s'".formatted(from));
        }
        addParents(target);
    }

    /**
     * Chooses what becomes the artifact.
     *
     * @param ignore {@code spec.ignore}
     */
    public ArtifactBuilder collect(@Nullable String ignore, ArtifactLimits limits)
            throws IOException, ArtifactRefusedException {
        return collectBy(IgnoreRules.of(rulesFiles(), ignore), limits);
    }

    /** Makes the artifact of all but what these rules leave out. */
    public ArtifactBuilder collectBy(IgnoreRules rules, ArtifactLimits limits)
            throws ArtifactRefusedException {
        ArtifactBuilder builder = new ArtifactBuilder(limits);
        for (Map.Entry<String, @Nullable File> entry : entries.entrySet()) {
            File file = entry.getValue();
            if (rules.excludes(entry.getKey(), file == null)) {
                continue;
            }
            if (file == null) {
                builder.directory(entry.getKey());
            } else {
                builder.file(entry.getKey(), file.executable(), file.size(), file.content());
            }
        }
        return builder;
    }

    private Map<String, String> rulesFiles() throws IOException, ArtifactRefusedException {
        Map<String, String> files = new HashMap<>();
        for (Map.Entry<String, @Nullable File> entry : entries.entrySet()) {
            String path = entry.getKey();
            int slash = path.lastIndexOf('/');
            File file = entry.getValue();
            if (file != null && path.substring(slash + 1).equals(IgnoreRules.FILE_NAME)) {
                if (file.size() > MAX_RULES_BYTES) {
                    throw new ArtifactRefusedException(
                            "%s has more than the %d bytes allowed"
                                    .formatted(path, MAX_RULES_BYTES));
                }
                files.put(
                        slash < 0 ? "" : path.substring(0, slash),
                        new String(file.content().read(), StandardCharsets.UTF_8));
            }
        }
        return files;
    }

    private boolean exists(String path) {
        if (entries.containsKey(path)) {
            return true;
        }
        String next = entries.higherKey(path + "/");
        return next != null && next.startsWith(path + "/");
    }

    private void addParents(String path) {
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            addDirectory(path.substring(0, slash));
        }
    }

    private static String moved(String path, String source, String target) {
        String rest = path.substring(source.length());
        return rest.isEmpty() || rest.startsWith("/") ? target + rest : target + "/" + rest;
    }

    public static boolean isInOrBelow(String path, String directory) {
        return directory.isEmpty() || path.equals(directory) || path.startsWith(directory + "/");
    }

    /** Without {@code .} and {@code ..}; what would climb above the root stays at the root. */
    public static String clamped(String path) {
        Deque<String> kept = new ArrayDeque<>();
        for (String segment : List.of(path.split("/"))) {
            switch (segment) {
                case "", "." -> {}
                case ".." -> kept.pollLast();
                default -> kept.addLast(Objects.requireNonNull(segment));
            }
        }
        return String.join("/", kept);
    }
}
