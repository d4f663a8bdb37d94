package dev.sluice.testkit.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.GpgSignature;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TagBuilder;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;

/**
 * A bare repository that commits are written into directly, without a work tree. Not safe for use
 * by several threads.
 */
public final class SampleRepository implements AutoCloseable {

    /** Signs the bytes of a commit or tag with an armoured signature. */
    public interface Signer {
        String sign(byte[] content) throws IOException;
    }

    /** A file of a commit: content and mode. */
    public static final class Entry {

        private final byte[] content;
        private final FileMode mode;

        private Entry(byte[] content, FileMode mode) {
            this.content = content.clone();
            this.mode = mode;
        }

        public static Entry file(String content) {
            return new Entry(content.getBytes(UTF_8), FileMode.REGULAR_FILE);
        }

        public static Entry executable(String content) {
            return new Entry(content.getBytes(UTF_8), FileMode.EXECUTABLE_FILE);
        }

        public static Entry symlink(String target) {
            return new Entry(target.getBytes(UTF_8), FileMode.SYMLINK);
        }

        /** A commit of another repository, as a submodule is. */
        public static Entry gitlink(String commit) {
            return new Entry(commit.getBytes(UTF_8), FileMode.GITLINK);
        }
    }

    private final Repository repository;
    private Instant time = Instant.parse("2026-01-01T00:00:00Z");
    private @Nullable Signer signer;

    private SampleRepository(Repository repository) {
        this.repository = repository;
    }

    /**
     * Opens {@code <directory>/<name>.git}; made with an empty branch {@code main} if it is not
     * there.
     */
    public static SampleRepository in(Path directory, String name) throws IOException {
        Path path = directory.resolve(name + ".git");
        Repository repository =
                new FileRepositoryBuilder().setGitDir(path.toFile()).setBare().build();
        if (!Files.isDirectory(path.resolve("objects"))) {
            repository.create(true);
            RefUpdate head = repository.updateRef(Constants.HEAD);
            head.link("refs/heads/main");
        }
        return new SampleRepository(repository);
    }

    /** Signs the commits and tags that follow; null for none. */
    public SampleRepository signedBy(@Nullable Signer by) {
        this.signer = by;
        return this;
    }

    /** Commits text files onto {@code main}; a null content removes the file. */
    public String commit(String message, Map<String, @Nullable String> changes) throws IOException {
        Map<String, @Nullable Entry> entries = new TreeMap<>();
        changes.forEach((path, text) -> entries.put(path, text == null ? null : Entry.file(text)));
        return commit("main", message, entries);
    }

    /** Commits a directory's files onto {@code main} in place of what is there. */
    public String commitDirectory(String message, Path directory) throws IOException {
        Map<String, @Nullable Entry> entries = new TreeMap<>();
        files("refs/heads/main").keySet().forEach(path -> entries.put(path, null));
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                FileMode mode =
                        Files.isExecutable(file) ? FileMode.EXECUTABLE_FILE : FileMode.REGULAR_FILE;
                entries.put(
                        directory.relativize(file).toString().replace('\\', '/'),
                        new Entry(Files.readAllBytes(file), mode));
            }
        }
        return commit("main", message, entries);
    }

    /**
     * Commits onto a branch, which starts at {@code main} where it isn't there.
     *
     * @param changes by path; null removes
     * @return the commit's name, 40 hex digits
     */
    public String commit(String branch, String message, Map<String, @Nullable Entry> changes)
            throws IOException {
        String ref = "refs/heads/" + branch;
        ObjectId parent = repository.resolve(ref);
        if (parent == null) {
            parent = repository.resolve("refs/heads/main");
        }
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(tree(parent, changes, inserter));
            if (parent != null) {
                commit.setParentId(parent);
            }
            commit.setAuthor(person());
            commit.setCommitter(person());
            commit.setMessage(message);
            if (signer != null) {
                commit.setGpgSignature(
                        new GpgSignature(signer.sign(commit.build()).getBytes(UTF_8)));
            }
            ObjectId id = inserter.insert(commit);
            inserter.flush();
            point(ref, id);
            return id.name();
        }
    }

    /**
     * Points any reference at a commit, for example {@code refs/tags/v1} or {@code
     * refs/pull/7/head}.
     */
    public void point(String ref, String commit) throws IOException {
        point(ref, ObjectId.fromString(commit));
    }

    /** Makes an annotated tag. */
    public String annotatedTag(String name, String commit, String message) throws IOException {
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            TagBuilder tag = new TagBuilder();
            tag.setTag(name);
            tag.setObjectId(ObjectId.fromString(commit), Constants.OBJ_COMMIT);
            tag.setTagger(person());
            tag.setMessage(message);
            if (signer != null) {
                tag.setGpgSignature(new GpgSignature(signer.sign(tag.build()).getBytes(UTF_8)));
            }
            ObjectId id = inserter.insert(tag);
            inserter.flush();
            point("refs/tags/" + name, id);
            return id.name();
        }
    }

    /** The commit that a branch points at. */
    public String head(String branch) throws IOException {
        ObjectId id = repository.resolve("refs/heads/" + branch);
        if (id == null) {
            throw new IOException("there is no branch " + branch);
        }
        return id.name();
    }

    @Override
    public void close() {
        repository.close();
    }

    private ObjectId tree(
            @Nullable ObjectId parent,
            Map<String, @Nullable Entry> changes,
            ObjectInserter inserter)
            throws IOException {
        Map<String, Known> files = parent == null ? new TreeMap<>() : files(parent.name());
        for (Map.Entry<String, @Nullable Entry> change : changes.entrySet()) {
            Entry entry = change.getValue();
            if (entry == null) {
                files.remove(change.getKey());
            } else if (FileMode.GITLINK.equals(entry.mode)) {
                files.put(
                        change.getKey(),
                        new Known(
                                ObjectId.fromString(new String(entry.content, UTF_8)), entry.mode));
            } else {
                files.put(
                        change.getKey(),
                        new Known(inserter.insert(Constants.OBJ_BLOB, entry.content), entry.mode));
            }
        }
        DirCache cache = DirCache.newInCore();
        DirCacheBuilder builder = cache.builder();
        files.forEach((path, known) -> {
            DirCacheEntry entry = new DirCacheEntry(path);
            entry.setFileMode(known.mode());
            entry.setObjectId(known.id());
            builder.add(entry);
        });
        builder.finish();
        return cache.writeTree(inserter);
    }

    private record Known(ObjectId id, FileMode mode) {}

    private Map<String, Known> files(String revision) throws IOException {
        Map<String, Known> files = new TreeMap<>();
        ObjectId id = repository.resolve(revision);
        if (id == null) {
            return files;
        }
        try (RevWalk commits = new RevWalk(repository);
                TreeWalk walk = new TreeWalk(repository)) {
            walk.addTree(commits.parseCommit(id).getTree());
            walk.setRecursive(true);
            while (walk.next()) {
                files.put(
                        walk.getPathString(), new Known(walk.getObjectId(0), walk.getFileMode(0)));
            }
        }
        return files;
    }

    private void point(String ref, ObjectId id) throws IOException {
        RefUpdate update = repository.updateRef(ref);
        update.setNewObjectId(id);
        update.setForceUpdate(true);
        switch (update.forceUpdate()) {
            case NEW, FORCED, FAST_FORWARD, NO_CHANGE -> {}
            default -> throw new IOException(ref + " cannot be pointed at " + id.name());
        }
    }

    /** A second later each time, so that no two commits are the same by chance. */
    private PersonIdent person() {
        time = time.plusSeconds(1);
        return new PersonIdent("Sample", "sample@example.com", time, ZoneOffset.UTC);
    }
}
